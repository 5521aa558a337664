"""How the desk stands to a thread follows from the thread. These bring it in step; what people chose is kept."""

from datetime import datetime
from typing import Any

from community import clock
from community.desk.breaking import next_to_break
from community.desk.events import QueueChanged
from community.desk.models import CLAIMED_FOR, Handling
from community.desk.queues import queue_of
from community.events import publish
from community.organisations.models import Seat
from community.threads.models import Genre, State, Thread

AT_ONCE = 500
# In these nobody waits, whatever else is true of the thread.
ENDED = (State.CLOSED, State.OPEN, State.UNKNOWN)
FOLLOWS = ("queue", "since", "entered_at", "next_at", "next_for")
CHOSEN = ("claimed_by_id", "claimed_until", "snoozed_until", "snoozed_because", "snoozed_by_id")


def settle_handling(thread: Thread, *, spoke_id: int | None = None) -> None:
    """Read anew where the thread stands at the desk and what breaks next in it. The caller holds its lock.

    `spoke_id`: whoever caused it. When the asker speaks nothing stays put aside; whoever has written an answer is no
    longer writing one.
    """
    queue, at = queue_of(thread), clock.now()
    row = getattr(thread, "handling", None)
    if row is None:
        if queue is None:
            return
        row = Handling(thread=thread)
    before = standing(row)
    if row.queue != queue:
        row.queue, row.entered_at = queue, at
    row.since = thread.state_since
    breaks = next_to_break(thread) if queue else None
    row.next_at, row.next_for = (breaks.at, breaks.what) if breaks else (None, "")
    if row.snoozed_until and (queue is None or asker_spoke(thread, spoke_id)):
        wake(row, at)
    if row.claimed_until and has_answered(thread, row.claimed_by_id, since=row.claimed_until - CLAIMED_FOR):
        row.claimed_by = row.claimed_until = None
    if row._state.adding:
        row.save(force_insert=True)
    elif standing(row) != before:
        row.save(update_fields=[*FOLLOWS, *CHOSEN])
    if row.entered_at == at:
        publish(QueueChanged(thread_id=thread.pk))


def standing(row: Handling) -> list[Any]:
    return [getattr(row, name) for name in (*FOLLOWS, *CHOSEN)]


def asker_spoke(thread: Thread, spoke_id: int | None) -> bool:
    """The asker or, in a request, anybody of the organisation."""
    if spoke_id is None or thread.organisation_id is None:
        return spoke_id == thread.author_id
    return Seat.objects.standing().filter(organisation=thread.organisation_id, member=spoke_id).exists()


def has_answered(thread: Thread, member_id: int | None, *, since: datetime) -> bool:
    return thread.last_poster_id == member_id and thread.last_post_at >= since


def wake(row: Handling, at: datetime) -> None:
    """It stands again where it would stand had nobody put it aside."""
    if row.is_snoozed(at):
        row.entered_at = at
    row.snoozed_until, row.snoozed_because, row.snoozed_by = None, "", None


def take_up_missed() -> int:
    """Rows for threads that came in without anything being said here, as by an import; returns how many.

    What has happened in such a thread is not read: nobody was promised anything.
    """
    at, last, taken = clock.now(), 0, 0
    missed = Thread.objects.filter(handling=None, genre=Genre.QUESTION).exclude(state__in=ENDED).order_by("pk")
    while threads := list(missed.filter(pk__gt=last)[:AT_ONCE]):
        last = threads[-1].pk
        queued = ((thread, queue_of(thread)) for thread in threads)
        rows = [Handling(thread=t, queue=queue, since=t.state_since, entered_at=at) for t, queue in queued if queue]
        taken += len(Handling.objects.bulk_create(rows, ignore_conflicts=True))
    return taken
