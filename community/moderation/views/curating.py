from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.policy import Invalid, require
from community.prose import excerpt
from community.threads.models import Attachment, Audience, Post, Thread

from .. import actions
from ..forms import MergeForm, MoveForm, MovePostsForm, QuietForm, ReasonForm, SlowForm, SplitForm, TimerForm
from ..models import Decision
from ..policies import may_curate
from .people import done


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
            "merge",
            gettext_lazy("Merge"),
            MergeForm,
            actions.merge_thread,
            lambda thread: not thread.is_merged,
            gettext_lazy(
                "Its address leads to the other thread, and who follows it follows that one too. Its asker is asked "
                "whether the solution there helps, and can say that the question is a different one."
            ),
        ),
        Act(
            "unmerge",
            gettext_lazy("Take apart"),
            ReasonForm,
            actions.unmerge_thread,
            lambda thread: thread.is_merged,
            gettext_lazy("It stands alone again, as if it had never been merged."),
        ),
        Act(
            "split",
            gettext_lazy("Split"),
            SplitForm,
            actions.split_thread,
            lambda thread: thread.reply_count > 0 and thread.audience == Audience.EVERYONE,
            gettext_lazy(
                "Some posts become a thread of their own. A line keeps the place of each, and links to them lead on."
            ),
        ),
        Act(
            "move_posts",
            gettext_lazy("Move posts"),
            MovePostsForm,
            actions.move_posts,
            lambda thread: thread.reply_count > 0 and thread.audience == Audience.EVERYONE,
            gettext_lazy(
                "Some posts go behind what was said in another thread. Links to them lead there, and it can be taken "
                "back for ten seconds."
            ),
        ),
        Act(
            "slow",
            gettext_lazy("Slow mode"),
            SlowForm,
            actions.slow_thread,
            lambda thread: True,
            gettext_lazy("Everybody but the team replies once in that time. Whoever is too early reads until when."),
        ),
        Act(
            "plan",
            gettext_lazy("At a time"),
            TimerForm,
            actions.set_timer,
            lambda thread: True,
            gettext_lazy("It happens by itself, and the thread says so. Nothing that somebody waits in is ended so."),
        ),
        Act(
            "unplan",
            gettext_lazy("Take back the time"),
            QuietForm,
            actions.drop_timers,
            lambda thread: thread.planned_at is not None,
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


# What can be done to a thread that leads to another one; all else waits until it stands alone.
WHILE_MERGED = frozenset({"unmerge", "hide", "unhide"})
ASKING_WHO = (MoveForm, MergeForm, SplitForm, MovePostsForm, TimerForm)
# By which name an address brings the numbers of posts.
ASKED_AS = {"split": "posts", "move_posts": "move"}


def form_of(act: Act, request: HttpRequest, data=None) -> django_forms.Form:
    asks_who = {"moderator": request.user} if act.form in ASKING_WHO else {}
    # As the menu of a post asks for: from it to the end.
    posts = request.GET.get(ASKED_AS.get(act.name, ""), "")[:20].replace("\0", "")
    return act.form(data, auto_id=f"{act.name}-%s", initial={"posts": posts} if posts else None, **asks_who)


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
            shown = chosen.action(by=request.user, thread=thread, **form.cleaned_data)
        except Invalid as invalid:
            form.add_error(invalid.field if invalid.field in form.fields else None, str(invalid.reason))
        else:
            messages.success(request, _("Done. It stands in the log."))
            return redirect(shown)
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
    if done(form, lambda: action(by=request.user, post=post, because=form.cleaned_data["because"])):
        return redirect(post)
    context = {"form": form, "post": post, "heading": heading, "words": excerpt(post.html, 400)}
    return render(request, "moderation/hide_post.html", context, status=422 if form.is_bound else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def take_file_away(request: HttpRequest, key: UUID) -> HttpResponse:
    return change_file(request, key, actions.take_file_away, _("Take this file away"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def give_file_back(request: HttpRequest, key: UUID) -> HttpResponse:
    return change_file(request, key, actions.give_file_back, _("Show this file again"))


def change_file(request: HttpRequest, key: UUID, action: Callable, heading: str) -> HttpResponse:
    require(may_curate(request.user))
    files = Attachment.objects.visible_to(request.user).exclude(post=None)
    file = get_object_or_404(files.select_related("post__thread", "post__author"), key=key)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if done(form, lambda: action(by=request.user, attachment=file, because=form.cleaned_data["because"])):
        return redirect(file.post)
    context = {"form": form, "post": file.post, "heading": heading, "words": file.name}
    return render(request, "moderation/hide_post.html", context, status=422 if form.is_bound else 200)


def curated(request: HttpRequest, pk: int) -> Thread:
    require(may_curate(request.user))
    return get_object_or_404(Thread.objects.visible_to(request.user).for_page(), pk=pk)


def curate_page(request: HttpRequest, thread: Thread, *, failed=None, status: int = 200) -> HttpResponse:
    offered = []
    for act in ACTS.values():
        if failed and failed[0] is act:
            offered.append(failed)
        elif act.possible(thread) and (act.name in WHILE_MERGED or not thread.is_merged):
            offered.append((act, form_of(act, request)))
    decisions = Decision.objects.for_log().filter(thread=thread).newest_first()[:20]
    context = {"thread": thread, "acts": offered, "decisions": decisions}
    return render(request, "moderation/curate.html", context, status=status)
