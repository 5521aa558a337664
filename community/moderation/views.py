from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community import limits
from community.policy import Invalid, require
from community.prose import excerpt
from community.threads.models import Post, Thread
from community.threads.views.lists import number

from . import actions
from .cases import case_with, cases_of
from .forms import DuplicateForm, FlagForm, MoveForm, QuietForm, ReasonForm
from .models import Decision, Flag
from .policies import may_curate, may_flag

ON_A_PAGE = 20


@login_required
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    require(may_curate(request.user))
    flags = Flag.objects.visible_to(request.user)
    shown = request.GET.get("show") or "waiting"
    lists = {
        "waiting": (_("Waiting"), flags.waiting().in_cases().order_by("-worst", "since", "post")),
        "decided": (_("Decided"), flags.decided().in_cases().order_by("-decided_at", "-post")),
    }
    if shown not in lists:
        raise Http404(_("There is no such list."))
    page = Paginator(lists[shown][1], ON_A_PAGE).get_page(request.GET.get("page"))
    tabs = [
        {
            "words": words,
            "url": request.path + ("" if key == "waiting" else f"?show={key}"),
            "count": each.count(),
            "current": key == shown,
        }
        for key, (words, each) in lists.items()
    ]
    tabs.append({"words": _("Log"), "url": f"{request.path}log/", "current": False})
    newest = flags.order_by("-pk").values_list("pk", flat=True).first() or 0
    context = {
        "page": page,
        "cases": cases_of(page),
        "tabs": tabs,
        "shown": shown,
        "form": ReasonForm(),
        "newest": newest,
    }
    return render(request, "moderation/queue.html", context)


@login_required
@require_safe
def new_count(request: HttpRequest) -> JsonResponse:
    """How many flags have come since the newest one on the page: {"count": 2}."""
    require(may_curate(request.user))
    after = number(request.GET.get("after", "")) or 0
    return JsonResponse({"count": Flag.objects.visible_to(request.user).waiting().filter(pk__gt=after).count()})


@login_required
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Uphold or decline a flag, by the button that was pressed."""
    require(may_curate(request.user))
    flag = get_object_or_404(Flag.objects.visible_to(request.user).for_queue(), pk=pk)
    form = ReasonForm(request.POST)
    upholds = "uphold" in request.POST
    if not form.is_valid() or not (upholds or "decline" in request.POST):
        return render(request, "moderation/decide.html", {"case": case_with(flag), "form": form}, status=422)
    act = actions.uphold_flag if upholds else actions.decline_flag
    act(by=request.user, flag=flag, because=form.cleaned_data["because"])
    messages.success(request, _("The flag is upheld.") if upholds else _("The flag is declined."))
    return redirect("moderation:queue")


@login_required
@require_safe
def log(request: HttpRequest) -> HttpResponse:
    require(may_curate(request.user))
    page = Paginator(Decision.objects.visible_to(request.user).for_log().newest_first(), 50).get_page(
        request.GET.get("page")
    )
    return render(request, "moderation/log.html", {"page": page})


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What became of the flags I raised."""
    flags = Flag.objects.for_queue().filter(flagger=request.user).order_by("-created_at", "-pk")
    page = Paginator(flags, ON_A_PAGE).get_page(request.GET.get("page"))
    threads = Thread.objects.visible_to(request.user).filter(pk__in=[flag.post.thread_id for flag in page])
    readable = set(threads.values_list("pk", flat=True))
    for flag in page:
        flag.can_be_opened = flag.post.thread_id in readable
    return render(request, "moderation/mine.html", {"page": page})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def flag(request: HttpRequest, pk: int) -> HttpResponse:
    post = get_object_or_404(Post.objects.visible_to(request.user).select_related("thread", "author"), pk=pk)
    require(may_flag(request.user, post))
    form = FlagForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        limits.spend("flag", str(request.user.pk), limits.CLICKING)
        actions.flag_post(by=request.user, post=post, why=form.cleaned_data["reason"], words=form.cleaned_data["words"])
        messages.success(request, _("A moderator will look at it. You can follow it under your flags."))
        return redirect(post)
    context = {"form": form, "post": post, "words": excerpt(post.html, 400)}
    return render(request, "moderation/flag.html", context, status=422 if form.is_bound else 200)


@dataclass(frozen=True)
class Act:
    """Something a moderator does to a thread: what it is called, what it asks for, when it can be done."""

    name: str
    words: Any
    form: type[django_forms.Form]
    action: Callable
    possible: Callable[[Thread], bool]
    explains: Any = ""


ACTS = {
    act.name: act
    for act in (
        Act(
            "lock",
            gettext_lazy("Lock"),
            ReasonForm,
            actions.lock_thread,
            lambda thread: not thread.is_locked,
            gettext_lazy("Nobody but moderators can reply. Everybody reads the reason."),
        ),
        Act("unlock", gettext_lazy("Unlock"), QuietForm, actions.unlock_thread, lambda thread: thread.is_locked),
        Act(
            "pin",
            gettext_lazy("Pin"),
            QuietForm,
            actions.pin_thread,
            lambda thread: not thread.pinned_at,
            gettext_lazy("It stays at the top of its lists."),
        ),
        Act("unpin", gettext_lazy("Unpin"), QuietForm, actions.unpin_thread, lambda thread: bool(thread.pinned_at)),
        Act(
            "move",
            gettext_lazy("Move"),
            MoveForm,
            actions.move_thread,
            lambda thread: True,
            gettext_lazy("Who may read the new space may read the thread, at once."),
        ),
        Act(
            "close",
            gettext_lazy("Close"),
            ReasonForm,
            actions.close_thread,
            lambda thread: not thread.is_closed,
            gettext_lazy("Closing claims no answer. The asker reads the reason and can answer it."),
        ),
        Act("reopen", gettext_lazy("Reopen"), QuietForm, actions.reopen_thread, lambda thread: thread.is_closed),
        Act(
            "duplicate",
            gettext_lazy("Mark as duplicate"),
            DuplicateForm,
            actions.mark_duplicate,
            lambda thread: not thread.is_closed,
            gettext_lazy("It is closed and leads to the other thread."),
        ),
        Act(
            "hide",
            gettext_lazy("Hide"),
            ReasonForm,
            actions.hide_thread,
            lambda thread: not thread.is_hidden,
            gettext_lazy("Out of lists, search and feeds. The asker still reads it, with the reason."),
        ),
        Act("unhide", gettext_lazy("Show again"), ReasonForm, actions.unhide_thread, lambda thread: thread.is_hidden),
    )
}


def form_of(act: Act, request: HttpRequest, data=None) -> django_forms.Form:
    asks_who = {"moderator": request.user} if act.form in (MoveForm, DuplicateForm) else {}
    return act.form(data, auto_id=f"{act.name}-%s", **asks_who)


@login_required
@require_safe
def curate(request: HttpRequest, pk: int) -> HttpResponse:
    thread = curated(request, pk)
    return curate_page(request, thread)


@login_required
@require_POST
def act_on_thread(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    thread = curated(request, pk)
    if act not in ACTS:
        raise Http404
    chosen = ACTS[act]
    form = form_of(chosen, request, request.POST)
    if form.is_valid():
        try:
            chosen.action(by=request.user, thread=thread, **form.cleaned_data)
        except Invalid as invalid:
            form.add_error(invalid.field if invalid.field in form.fields else None, str(invalid.reason))
        else:
            messages.success(request, _("Done. It stands in the log."))
            return redirect(thread)
    return curate_page(request, thread, failed=(chosen, form), status=422)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def hide_post(request: HttpRequest, pk: int) -> HttpResponse:
    return change_sight(request, pk, actions.hide_post, _("Hide this post"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def unhide_post(request: HttpRequest, pk: int) -> HttpResponse:
    return change_sight(request, pk, actions.unhide_post, _("Show this post again"))


def change_sight(request: HttpRequest, pk: int, action: Callable, heading: str) -> HttpResponse:
    require(may_curate(request.user))
    post = get_object_or_404(Post.objects.visible_to(request.user).select_related("thread", "author"), pk=pk)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            action(by=request.user, post=post, because=form.cleaned_data["because"])
        except Invalid as invalid:
            form.add_error(None, str(invalid.reason))
        else:
            return redirect(post)
    context = {"form": form, "post": post, "heading": heading, "words": excerpt(post.html, 400)}
    return render(request, "moderation/hide_post.html", context, status=422 if form.is_bound else 200)


def curated(request: HttpRequest, pk: int) -> Thread:
    require(may_curate(request.user))
    return get_object_or_404(Thread.objects.visible_to(request.user).for_page(), pk=pk)


def curate_page(request: HttpRequest, thread: Thread, *, failed=None, status: int = 200) -> HttpResponse:
    offered = []
    for act in ACTS.values():
        if failed and failed[0] is act:
            offered.append(failed)
        elif act.possible(thread):
            offered.append((act, form_of(act, request)))
    decisions = Decision.objects.for_log().filter(thread=thread).newest_first()[:20]
    context = {"thread": thread, "acts": offered, "decisions": decisions}
    return render(request, "moderation/curate.html", context, status=status)
