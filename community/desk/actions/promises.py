"""Promises: made by support in an answer, judged by the asker, watched by the clock."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from community import clock
from community.desk.events import PromiseDelivered, PromiseDue, PromiseJudged, PromiseMade, PromiseOverdue
from community.desk.models import Promise
from community.desk.policies import may_judge_promise, may_promise
from community.desk.wording import promise_in_words
from community.events import publish
from community.people.models import Member
from community.policy import Invalid, OutOfStep, require
from community.threads.actions import post_reply
from community.threads.actions.record import locked, record
from community.threads.models import EntryKind, Kind, PromiseStands, Thread, WaitReason

from .outlooks import show_promise

# What is further away than this is a plan, and no promise anybody can count on.
FURTHEST = timedelta(days=366)
WHAT_LENGTH = 200

# What the asker may say of a promise, and what it makes of it.
WORDS: dict[str, tuple[PromiseStands, EntryKind]] = {
    "kept": (PromiseStands.KEPT, EntryKind.PROMISE_KEPT),
    "late": (PromiseStands.LATE, EntryKind.PROMISE_LATE),
    "broken": (PromiseStands.BROKEN, EntryKind.PROMISE_BROKEN),
}


@transaction.atomic
def make_promise(
    *,
    by: Member,
    thread: Thread,
    what: str,
    until: datetime,
    begins_at: datetime | None = None,
    because: str = "",
    more: str = "",
    body: str = "",
    token: str = "",
) -> Promise:
    """Promise something, said in an answer: `body`, or the promise in words. It takes the place of one that runs.

    The same token by the same member makes one promise. Raises NotAllowed, or Invalid with the field.
    """
    what = " ".join(what.split())
    at = clock.now()
    check_window(at, what, begins_at, until)
    check_reason(because, more)
    thread = locked(thread.pk)
    require(may_promise(by, thread))
    words = promise_in_words(thread, what, begins_at, until, because, more)
    post = post_reply(
        by=by,
        thread=thread,
        body=f"{body.strip()}\n\n{words}" if body.strip() else words,
        kind=Kind.INFORMATION,
        token=token,
        because=because,
        more=more,
    )
    if sent := Promise.objects.filter(post=post).first():
        return sent
    thread = locked(thread.pk)
    take_the_place_of(thread, by=by, at=at)
    promise = Promise.objects.create(
        thread=thread,
        post=post,
        what=what,
        begins_at=begins_at,
        until=until,
        because=because,
        more=" ".join(more.split())[:WHAT_LENGTH],
        made_by=by,
        made_at=at,
    )
    show_promise(promise)
    record(PromiseMade, thread, EntryKind.PROMISED, by=by, at=at, post=post)
    return promise


def check_window(at: datetime, what: str, begins_at: datetime | None, until: datetime) -> None:
    if not what:
        raise Invalid("what", _("Say what you promise."))
    if len(what) > WHAT_LENGTH:
        raise Invalid("what", _("Keep it under %(count)s characters.") % {"count": WHAT_LENGTH})
    if until <= at:
        raise Invalid("until", _("A promise ends in the future."))
    if until > at + FURTHEST:
        raise Invalid("until", _("Promise nothing that is more than a year away."))
    if begins_at and begins_at > until:
        raise Invalid("begins_at", _("The window begins before it ends."))


def check_reason(because: str, more: str) -> None:
    if because and because not in WaitReason.values:
        raise Invalid("because", _("Choose one of the reasons."))
    if because == WaitReason.OTHER and not more.strip():
        raise Invalid("more", _("Say the reason in a few words."))


def take_the_place_of(thread: Thread, *, by: Member, at: datetime) -> None:
    """What was promised before is moved while there was time, and broken when there was none left."""
    for earlier in Promise.objects.running().filter(thread=thread):
        if earlier.until >= at:
            earlier.stands, earlier.settled_by = PromiseStands.MOVED, by
        else:
            earlier.stands = PromiseStands.BROKEN
        earlier.settled_at = at
        earlier.save()


@transaction.atomic
def say_delivered(*, by: Member, promise: Promise) -> Promise:
    """Whoever promised, or another of support, says that it is done. Whether it was kept, the asker says."""
    thread, promise = held(promise)
    require(may_promise(by, thread))
    if promise.stands != PromiseStands.RUNNING:
        raise OutOfStep(_("This promise does not run any more."))
    at = clock.now()
    promise.delivered_at = at
    if at <= promise.until:
        promise.stands = PromiseStands.DELIVERED
    else:
        # After the promised time nobody's word is needed to call it late.
        promise.stands, promise.settled_at = PromiseStands.LATE, at
    promise.save()
    show_promise(promise)
    record(PromiseDelivered, thread, EntryKind.DELIVERED, by=by, at=at)
    return promise


@transaction.atomic
def judge_promise(*, by: Member, promise: Promise, word: str) -> Promise:
    """The asker's word: "kept", "late" or "broken". It counts above the clock's, whenever it comes.

    Before the promised time has passed nothing can be late or broken. Raises NotAllowed, Invalid, OutOfStep.
    """
    if word not in WORDS:
        raise Invalid("word", _("Say whether it came in time, came late or did not come."))
    thread, promise = held(promise)
    require(may_judge_promise(by, thread))
    at = clock.now()
    if promise.stands == PromiseStands.MOVED:
        raise OutOfStep(_("Another promise took the place of this one."))
    if word != "kept" and at <= promise.until:
        raise Invalid("word", _("The promised time has not passed yet."))
    stands, kind = WORDS[word]
    if promise.settled_by_id == by.pk and promise.stands == stands:
        return promise
    promise.stands, promise.settled_at, promise.settled_by = stands, at, by
    promise.save()
    show_promise(promise)
    record(PromiseJudged, thread, kind, by=by, at=at)
    return promise


@transaction.atomic
def look_at_promise(promise_id: int) -> None:
    """A moment has come at which the clock has something to say of it. Looking twice says it once."""
    promise = Promise.objects.get(pk=promise_id)
    thread, promise = held(promise)
    at = clock.now()
    if promise.stands != PromiseStands.RUNNING:
        return
    if at > promise.broken_at:
        promise.overdue_at = promise.overdue_at or promise.until
        promise.stands, promise.settled_at = PromiseStands.BROKEN, at
        promise.save()
        show_promise(promise)
        record(PromiseJudged, thread, EntryKind.PROMISE_BROKEN, by=None, at=at)
    elif at > promise.until and promise.overdue_at is None:
        promise.overdue_at = promise.until
        promise.save()
        record(PromiseOverdue, thread, EntryKind.PROMISE_OVERDUE, by=None, at=at)
    elif at >= promise.remind_at and promise.reminded_at is None:
        promise.reminded_at = at
        promise.save()
        publish(PromiseDue(promise_id=promise.pk))


def note_reminder_mailed(promise: Promise) -> bool:
    """True for the one who may send the mail."""
    waiting = Promise.objects.filter(pk=promise.pk, reminder_mailed_at=None)
    return bool(waiting.update(reminder_mailed_at=clock.now()))


def held(promise: Any) -> tuple[Thread, Promise]:
    """The thread under its lock and the promise as it is now."""
    thread = locked(promise.thread_id)
    return thread, Promise.objects.select_related("made_by").get(pk=promise.pk)


def current_promise(thread: Thread) -> Promise | None:
    """The newest that nothing took the place of: what the page of the thread speaks of."""
    return Promise.objects.filter(thread=thread).exclude(stands=PromiseStands.MOVED).newest_first().first()
