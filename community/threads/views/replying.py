from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from community import limits
from community.desk.filling import filled
from community.desk.models import ReadyReply
from community.limits import TooOften
from community.policy import Refusal
from community.threads import actions
from community.threads.composing import quotation, reply_composer
from community.threads.forms import ReplyForm
from community.threads.meanwhile import came_since, shown
from community.threads.models import Post, Thread
from community.threads.policies import may_reply
from community.threads.signs import signs_of

from .finding import all_threads, readable_thread
from .lists import number
from .writing import (
    attach_sent_files,
    is_clean,
    preview_of,
    refuse,
    say_it_was_sent,
    say_whom_it_does_not_reach,
    sign_in_first,
    take_what_was_typed,
    with_patience,
)


def threads_to_reply_to(reader: Any) -> Any:
    return Thread.objects.select_related("space__parent", "author", "product", "version", "platform")


@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """A plain page to write a reply on; posting leads to the reply in its thread."""
    # What a page shows of it beside; a reply that is taken leads away at once.
    thread = readable_thread(request, pk, all_threads if request.method == "POST" else threads_to_reply_to)
    if not request.user.is_authenticated:
        return sign_in_first(request)
    if request.method != "POST":
        if typed := take_what_was_typed(request):
            actions.save_draft(by=request.user, thread=thread, body=typed.get("body", ""), kind=typed.get("kind", ""))
        return reply_page(request, thread, quoted=quoted_post(request, thread))
    data, not_taken = attach_sent_files(request)
    form = ReplyForm(data, member=request.user, thread=thread)
    is_ready = is_clean(form, not_taken)
    if request.POST.get("do") == "preview":
        return reply_page(request, thread, form=form)
    if request.POST.get("do") == "ready":
        return with_ready_reply(request, thread, form)
    if request.POST.get("do") == "keep":
        return keep_reply(request, thread, form)
    if not is_ready:
        return reply_page(request, thread, form=form, status=422)
    sent = form.cleaned_data
    if came := answered_meanwhile(request, thread, sent["token"]):
        return once_more(request, thread, form, came)
    try:
        limits.spend("reply", limits.client(request), limits.REPLYING)
        post = actions.post_reply(
            by=request.user,
            thread=thread,
            body=sent["body"],
            kind=sent["kind"],
            token=sent["token"],
            because=sent["because"],
            more=sent["more"],
            signs=signs_of(request),
        )
    except (Refusal, TooOften) as refusal:
        return with_patience(reply_page(request, thread, form=form, status=refuse(form, refusal)), refusal)
    if not post.is_fresh and post.body != sent["body"]:
        return sent_before(request, thread, form, post)
    say_whom_it_does_not_reach(request, sent["body"])
    return say_it_was_sent(redirect(post.get_absolute_url()), sent["token"])


def answered_meanwhile(request: HttpRequest, thread: Thread, token: str) -> list[Post]:
    """What others said since the page was read that the form stood on. A form that was sent already is not held up."""
    seen = number(request.POST.get("seen", ""))
    if seen is None or not request.POST.get("body", "").strip() or not may_reply(request.user, thread):
        return []
    came = came_since(thread, seen, request.user)
    return [] if came and Post.objects.sent_with(request.user, token) else came


def once_more(request: HttpRequest, thread: Thread, form: ReplyForm, came: list[Post]) -> HttpResponse:
    """The text and what came meanwhile, once: sent again, it goes out."""
    form.data = form.data.copy()
    form.data["seen"] = str(thread.post_count)
    return reply_page(request, thread, form=form, status=409, came=shown(thread, came), came_count=len(came))


def with_ready_reply(request: HttpRequest, thread: Thread, form: ReplyForm) -> HttpResponse:
    """The text with a ready reply at its end, for browsers without scripts."""
    chosen = number(request.POST.get("ready", ""))
    reply = ReadyReply.objects.visible_to(request.user).filter(pk=chosen).first()
    if reply is not None:
        form.data = form.data.copy()
        words = filled(reply.body, thread, request.user).body
        form.data["body"] = f"{form.data.get('body', '').rstrip()}\n\n{words}".lstrip()
    return reply_page(request, thread, form=form)


def keep_reply(request: HttpRequest, thread: Thread, form: ReplyForm) -> HttpResponse:
    kept = form.cleaned_data
    try:
        actions.save_draft(by=request.user, thread=thread, body=kept.get("body", ""), kind=kept.get("kind", ""))
    except Refusal as refusal:
        return reply_page(request, thread, form=form, status=refuse(form, refusal))
    messages.success(request, _("Kept as a draft. Only you see it."))
    return redirect(f"{thread.get_absolute_url()}#reply")


def sent_before(request: HttpRequest, thread: Thread, form: ReplyForm, post: Post) -> HttpResponse:
    """The back button brought a form that was sent already, and other words were written into it."""
    form.data = form.data.copy()
    form.data["token"] = ""
    form.add_error(
        None,
        _("You have sent this form before, with other words. Send it again if this is meant as one more reply."),
    )
    return reply_page(request, thread, form=form, status=409, earlier=post)


def reply_page(request, thread, *, form=None, quoted=None, status=200, **more) -> HttpResponse:
    composer = reply_composer(request.user, thread, form=form, quoted=quoted)
    preview = preview_of(composer.body) if request.POST.get("do") == "preview" else None
    context = {"thread": thread, "reply": composer, "form": form, "preview": preview} | more
    if composer.is_official:
        context["ready"] = ReadyReply.objects.visible_to(request.user).by_name()
    return render(request, "threads/reply_form.html", context, status=status)


def quoted_post(request: HttpRequest, thread: Thread) -> Post | None:
    quoted = number(request.GET.get("quote", ""))
    if quoted is None:
        return None
    return Post.objects.visible_to(request.user).filter(thread=thread, pk=quoted).select_related("author").first()


@require_safe
def quote(request: HttpRequest, pk: int) -> JsonResponse:
    """The Markdown that quotes a post: {"markdown": "> [mira](/posts/88/)…"}."""
    post = get_object_or_404(Post.objects.visible_to(request.user).select_related("author"), pk=pk)
    return JsonResponse({"markdown": quotation(post)})
