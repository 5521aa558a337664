from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from community import limits
from community.policy import Invalid
from community.spaces.models import Platform, Version
from community.threads import actions
from community.threads.forms import DifferentForm
from community.threads.models import Confirmation, Post, Thread
from community.threads.policies import may_confirm

from .finding import members_only, readable_post, readable_thread, wants_data, wants_fragment


@require_POST
@members_only
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    post = readable_post(request, pk)
    actions.accept_answer(by=request.user, post=post, **on_what(request, post.thread))
    return done(request, post, _("Accepted. Thank you for saying so."))


@require_POST
@members_only
def unaccept(request: HttpRequest, pk: int) -> HttpResponse:
    post = readable_post(request, pk)
    actions.unaccept_answer(by=request.user, post=post)
    return done(request, post, _("Taken back."))


@require_POST
@members_only
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """works=yes, no or withdraw; version and platform are those asked about unless they are said."""
    spend(request)
    post = readable_post(request, pk)
    match request.POST.get("works"):
        case "yes":
            actions.confirm_answer(by=request.user, post=post, works=True, **on_what(request, post.thread))
            return done(request, post, _("It is written down that this works for you."))
        case "no":
            actions.confirm_answer(by=request.user, post=post, works=False, **on_what(request, post.thread))
            return done(request, post, _("It is written down that this is still broken. Say below what happens now."))
        case "withdraw":
            actions.withdraw_confirmation(by=request.user, post=post)
            return done(request, post, _("Taken back."))
    raise Invalid("works", _("Say whether it works or is still broken."))


@require_safe
@members_only
def tried(request: HttpRequest, pk: int) -> HttpResponse:
    """The question "did you try it?": on which version, and what the reader has said before."""
    post = readable_post(request, pk)
    thread = post.thread
    word = Confirmation.objects.filter(post=post, member_id=request.user.pk).exclude(voice="support").first()
    context = {
        "post": post,
        "thread": thread,
        "verdict": may_confirm(request.user, post),
        "word": word,
        "works": "no" if request.GET.get("works") == "no" else "yes",
        "versions": Version.objects.filter(product=thread.product_id) if thread.product_id else [],
        "version": word.version_id if word else thread.version_id,
        "platforms": Platform.objects.all(),
        "platform": word.platform_id if word else thread.platform_id,
    }
    return render(request, "threads/_tried.html" if wants_fragment(request) else "threads/tried.html", context)


@require_POST
@members_only
def vote(request: HttpRequest, pk: int) -> HttpResponse:
    spend(request)
    post = readable_post(request, pk)
    count = actions.vote(by=request.user, post=post, on=wanted(request))
    return done(request, post, on=wanted(request), count=count)


@require_POST
@members_only
def bookmark(request: HttpRequest, pk: int) -> HttpResponse:
    spend(request)
    post = readable_post(request, pk)
    actions.bookmark(by=request.user, post=post, on=wanted(request))
    return done(request, post, on=wanted(request))


@require_POST
@members_only
def me_too(request: HttpRequest, pk: int) -> HttpResponse:
    spend(request)
    thread = readable_thread(request, pk)
    version = on_what(request, thread)["version"] or thread.version
    count = actions.me_too(by=request.user, thread=thread, on=wanted(request), version=version)
    return done(request, thread, on=wanted(request), count=count)


@require_POST
@members_only
def follow(request: HttpRequest, pk: int) -> HttpResponse:
    spend(request)
    thread = readable_thread(request, pk)
    actions.follow(by=request.user, thread=thread, on=wanted(request))
    return done(request, thread, on=wanted(request))


@require_POST
@members_only
def different(request: HttpRequest, pk: int) -> HttpResponse:
    """The asker of a merged question: mine is different. It stands alone again at once."""
    spend(request)
    thread = readable_thread(request, pk)
    form = DifferentForm(request.POST)
    if not form.is_valid():
        raise Invalid("because", form.errors["because"][0])
    thread = actions.call_it_different(by=request.user, thread=thread, **form.cleaned_data)
    return done(request, thread, _("Your question stands alone again."))


@require_POST
@members_only
def helps(request: HttpRequest, pk: int) -> HttpResponse:
    """The asker of a merged question, about the solution found where it leads."""
    spend(request)
    works = request.POST.get("works") == "yes"
    thread = actions.say_it_helps(by=request.user, thread=readable_thread(request, pk), works=works)
    words = _("Thank you.") if works else _("Your question stands alone again, and it is our turn.")
    return done(request, thread, words)


def spend(request: HttpRequest) -> None:
    limits.spend("click", limits.client(request), limits.CLICKING)


def wanted(request: HttpRequest) -> bool:
    """Whether the press turns something on; a form without a word about it does."""
    return request.POST.get("on", "1") != "0"


def on_what(request: HttpRequest, thread: Thread) -> dict[str, Any]:
    """The version and platform that were said. Raises Invalid for a version of another product."""
    version, platform = said(request, "version"), said(request, "platform")
    versions = Version.objects.filter(pk=version or 0, product=thread.product_id)
    found = versions.first() if version else None
    if version and found is None:
        raise Invalid("version", _("Choose a version of the product this is about."))
    return {"version": found, "platform": Platform.objects.filter(pk=platform).first() if platform else None}


def said(request: HttpRequest, field: str) -> int | None:
    value = request.POST.get(field, "")
    return int(value) if value.isascii() and value.isdecimal() and len(value) <= 18 else None


def done(request: HttpRequest, what: Post | Thread, words: str = "", **facts: Any) -> HttpResponse:
    """Back to where it was pressed; scripts get the facts: {"on": true, "count": 4}."""
    if wants_data(request):
        return JsonResponse(facts | ({"words": words} if words else {}))
    if words:
        messages.success(request, words)
    if isinstance(what, Post):
        what.thread.refresh_from_db(fields=["best"])
        is_best = what.thread.best_id == what.pk
        return redirect(f"{what.thread.get_absolute_url()}#best" if is_best else what.get_absolute_url())
    return redirect(what.get_absolute_url())
