"""What every change to a thread does: take the lock, write the log, say what happened."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from community import prepared, prose
from community.events import publish
from community.people.models import Member
from community.policy import Invalid, OutOfStep
from community.threads.attaching import html_of
from community.threads.events import ThreadChanged
from community.threads.models import EntryKind, Kind, Lane, Post, Thread

# Until when something is due, and since when a person is waited for, is written by those who keep the clocks and the
# line, while this row is in our hands.
THEIRS = ("id", "due_for", "due_at", "called_at")
SAVED = {field.name: field.attname for field in Thread._meta.concrete_fields if field.name not in THEIRS}


def locked(thread_id: int) -> Thread:
    """The thread with its row locked, as it is now; whoever changes a thread starts here, inside a transaction."""
    thread = prepared.first(to_lock, thread_id)
    if thread is None:
        raise OutOfStep(_("This thread is gone."))
    thread.as_locked = {name: getattr(thread, attribute) for name, attribute in SAVED.items()}
    return thread


def to_lock(thread_id: int) -> QuerySet[Thread]:
    # "no key": rows that only refer to the thread need not wait, and nobody waits for them in a circle.
    # No joins: a thread that moves to another space while we wait would not be found.
    return Thread.objects.select_for_update(no_key=True).filter(pk=thread_id)


def locked_post(post_id: int) -> Post:
    """The post under the lock of its thread; `post.thread` is the locked row."""
    thread_id = Post.objects.values_list("thread_id", flat=True).filter(pk=post_id).first()
    if thread_id is None:
        raise OutOfStep(_("This post is gone."))
    thread = locked(thread_id)
    post = Post.objects.get(pk=post_id)
    post.thread = thread
    return post


def record(
    event: type[ThreadChanged],
    thread: Thread,
    kind: EntryKind,
    *,
    by: Member | None,
    at: datetime,
    post: Post | None = None,
    lane: Lane = Lane.ALL,
    **facts: Any,
) -> None:
    """Append to the log, save the thread, publish. The last thing an action does with a thread."""
    announce(thread, note_down(event, thread, kind, by=by, at=at, post=post, lane=lane, **facts))


def note_down(
    event: type[ThreadChanged],
    thread: Thread,
    kind: EntryKind,
    *,
    by: Member | None,
    at: datetime,
    post: Post | None = None,
    lane: Lane = Lane.ALL,
    **facts: Any,
) -> ThreadChanged:
    """Append to the log. For an action in which more than one thing happens; `announce` comes once, at its end."""
    entry = thread.append(kind, by=by, at=at, post=post, lane=lane)
    return event(
        thread_id=thread.pk,
        lane=str(lane),
        seq=entry.seq,
        kind=str(kind),
        actor_id=by.pk if by else None,
        post_id=post.pk if post else None,
        **facts,
    )


def announce(thread: Thread, *happened: ThreadChanged) -> None:
    thread.save(update_fields=[*changed(thread)])
    for place, event in enumerate(happened, start=1):
        publish(replace(event, more_follows=place < len(happened)))


def changed(thread: Thread) -> Iterable[str]:
    """What of the thread is another than when it was locked: to write every column costs more than all that changed."""
    if (was := thread.as_locked) is None:
        return SAVED
    now = {name: getattr(thread, attribute) for name, attribute in SAVED.items()}
    thread.as_locked = now
    others = [name for name in SAVED if now[name] != was[name]]
    # Its address follows its title.
    return [*others, "slug"] if "title" in others else others


def rendered(body: str) -> str:
    """The HTML of a post; raises Invalid with words for the writer. Called before the lock is taken: it may be slow."""
    if not body.strip():
        raise Invalid("body", _("Write something first."))
    try:
        return html_of(body)
    except prose.TooMuch as too_much:
        raise Invalid("body", str(too_much)) from too_much


def lane_of(post: Post) -> Lane:
    return Lane.TEAM if post.kind == Kind.NOTE else Lane.ALL
