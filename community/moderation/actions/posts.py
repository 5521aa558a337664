from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from community import clock
from community.moderation.models import Verb
from community.moderation.policies import may_curate
from community.people.models import Member
from community.policy import Invalid, OutOfStep, require
from community.threads.actions.editing import silence_voices_of_removed
from community.threads.actions.judging import let_speak_again
from community.threads.actions.record import lane_of, locked_post, record
from community.threads.events import PostHidden, PostUnhidden, ThreadHidden
from community.threads.models import EntryKind, Post
from community.threads.turns import find_last_word, settle

from .decisions import decided, reason


@transaction.atomic
def hide_post(*, by: Member, post: Post, because: str) -> Post:
    """Take a post out of sight; the reason stands in its place, and its author still reads it."""
    post = locked_post(post.pk)
    require(may_curate(by))
    because = reason(because)
    if post.is_first:
        raise Invalid("post", _("This is the question. Hide the thread instead."))
    if post.hidden_at or post.deleted_at:
        raise OutOfStep(_("This post is already removed."))
    at = clock.now()
    hide(post, by=by, at=at, because=because)
    decided(Verb.HID_POST, by=by, at=at, because=because, thread=post.thread, post=post, member=post.author)
    return post


def hide(post: Post, *, by: Member | None, at: datetime, because: str) -> None:
    """The caller holds the lock and has asked the policy."""
    post.hidden_at, post.hidden_because, post.hidden_for_now = at, because, by is None
    if not post.is_note:
        silence_voices_of_removed(post, at)
        find_last_word(post.thread)
        post.thread.reply_count -= 1
    post.save(update_fields=["hidden_at", "hidden_because", "hidden_for_now"])
    record(PostHidden, post.thread, EntryKind.HIDDEN, by=by, at=at, post=post, lane=lane_of(post))


@transaction.atomic
def unhide_post(*, by: Member, post: Post, because: str) -> Post:
    post = locked_post(post.pk)
    require(may_curate(by))
    because = reason(because)
    if not post.hidden_at:
        raise OutOfStep(_("This post is not hidden."))
    at = clock.now()
    show(post, by=by, at=at)
    decided(Verb.SHOWED_POST, by=by, at=at, because=because, thread=post.thread, post=post, member=post.author)
    return post


def show(post: Post, *, by: Member | None, at: datetime, voices: Sequence[dict[str, Any]] = ()) -> None:
    """The caller holds the lock and has asked the policy. `voices`: who said what of it, as voices_on gave it."""
    post.hidden_at, post.hidden_because, post.hidden_for_now = None, "", False
    post.save(update_fields=["hidden_at", "hidden_because", "hidden_for_now"])
    if not post.is_note and post.deleted_at is None:
        post.thread.reply_count += 1
        if voices:
            let_speak_again(post, list(voices))
        find_last_word(post.thread)
        settle(post.thread, at)
    record(PostUnhidden, post.thread, EntryKind.UNHIDDEN, by=by, at=at, post=post, lane=lane_of(post))


def hold_on_to(post: Post, *, by: Member, at: datetime, because: str, for_now: bool = False) -> None:
    """It stays hidden, for another reason. The caller holds the lock."""
    if post.is_first:
        post.thread.hidden_because = because
        record(ThreadHidden, post.thread, EntryKind.THREAD_HIDDEN, by=by, at=at)
        return
    post.hidden_because, post.hidden_for_now = because, for_now
    post.save(update_fields=["hidden_because", "hidden_for_now"])
    record(PostHidden, post.thread, EntryKind.HIDDEN, by=by, at=at, post=post, lane=lane_of(post))
