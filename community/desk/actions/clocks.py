"""Clocks are read from what happened. Nobody sets one: these bring them in step, and record what they show."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from community import clock, prepared
from community.desk.events import ClockBreached, ClockChanged, ClockMoved, ClockWarned
from community.desk.models import Breach, Clock, ClockKind, Mark
from community.desk.running import Fact, Run, facts_of, response_run, solution_run
from community.desk.targets import has_clocks, targets_of
from community.events import publish
from community.threads.actions.record import locked
from community.threads.models import Thread

from .settling import settle_handling

RUNS = {ClockKind.RESPONSE: response_run, ClockKind.SOLUTION: solution_run}
# After every change of a thread.
SHOWN = ("running_since", "used", "due_at", "stopped_at", "told", "next_at", "breached_at")


def start_clocks(thread_id: int) -> None:
    """Clocks for what a thread is promised, as it stands now; a promise that was made already stays as it was made.

    The caller holds the lock of the thread.
    """
    thread = Thread.objects.select_related("author", "handling").get(pk=thread_id)
    if not has_clocks(thread):
        settle_handling(thread)
        return
    standing = {row.kind: row for row in Clock.objects.filter(thread=thread)}
    begun: list[Clock] = []
    changed: list[Clock] = []
    for kind, target in targets_of(thread).items():
        row = standing.get(kind) or Clock(thread=thread, kind=kind, started_at=thread.created_at, used=timedelta())
        if row.target_id == target.pk:
            continue
        row.target, row.minutes, row.calendar = target, target.minutes, target.calendar
        (changed if row.pk else begun).append(row)
    if begun:
        Clock.objects.bulk_create(begun)
    if changed:
        Clock.objects.bulk_update(changed, ["target", "minutes", "calendar"])
    if begun or changed:
        settle_clocks(thread_id)
    else:
        settle_handling(thread)


def settle_clocks(thread_id: int, *, spoke_id: int | None = None) -> list[ClockChanged]:
    """Read the clocks of a thread from its log and record what they show, and how the desk stands to it.

    The caller holds the lock of the thread. `spoke_id`: whoever caused it, by a change of the thread.
    """
    clocks = prepared.rows(clocks_of, thread_id)
    if not clocks:
        [thread] = prepared.rows(with_handling, thread_id)
        settle_handling(thread, spoke_id=spoke_id)
        return []
    thread, at = clocks[0].thread, clock.now()
    facts = facts_of(thread)
    happened: list[ClockChanged] = []
    changed = []
    for row in clocks:
        before = [getattr(row, field) for field in SHOWN]
        run = read(row, facts)
        happened += noticed(row, run, at)
        if before != [getattr(row, field) for field in SHOWN]:
            changed.append(row)
    if changed:
        Clock.objects.bulk_update(changed, SHOWN)
    show(thread, clocks)
    settle_handling(thread, spoke_id=spoke_id)
    for event in happened:
        publish(event)
    return happened


def clocks_of(thread_id: int) -> QuerySet[Clock]:
    return Clock.objects.filter(thread_id=thread_id).select_related("calendar", "thread__handling")


def with_handling(thread_id: int) -> QuerySet[Thread]:
    return Thread.objects.filter(pk=thread_id).select_related("handling")


def read(row: Clock, facts: Iterable[Fact]) -> Run:
    run, hours = RUNS[ClockKind(row.kind)](facts), row.calendar.hours
    row.running_since, row.stopped_at = run.running_since, run.stopped_at
    row.used = run.used(hours)
    row.due_at = run.reaches(timedelta(minutes=row.minutes), hours)
    return run


def noticed(row: Clock, run: Run, at: datetime) -> list[ClockChanged]:
    """What the clock shows now that it did not show before. Of marks that passed unseen only the last is told."""
    late_at = row.due_at if row.due_at and row.due_at < (row.stopped_at or at) else None
    if late_at and row.breached_at is None:
        # Recorded before by somebody else's hand, or never: either way there is one row.
        Breach.objects.get_or_create(
            thread_id=row.thread_id,
            kind=row.kind,
            defaults={"minutes": row.minutes, "due_at": late_at, "recorded_at": at},
        )
        row.breached_at, row.told, row.next_at = late_at, Mark.LATE, None
        return [ClockBreached(thread_id=row.thread_id, kind=row.kind)]
    told = row.told
    while (mark := look_ahead(row, run)) and mark != Mark.LATE and row.next_at and row.next_at <= at:
        row.told = mark
    if row.told == told:
        return []
    return [ClockWarned(thread_id=row.thread_id, kind=row.kind, mark=int(row.told))]


def look_ahead(row: Clock, run: Run) -> Mark | None:
    """Set when somebody is told of it next: at the first mark, returned, that nobody was told of before."""
    row.next_at = None
    if not row.is_running or row.breached_at:
        return None
    mark = next((mark for mark in (Mark.HALF, Mark.NEARLY, Mark.LATE) if mark > row.told), None)
    if mark:
        row.next_at = run.reaches(timedelta(minutes=row.minutes) * int(mark) / 100, row.calendar.hours)
    return mark


def show(thread: Thread, clocks: list[Clock]) -> None:
    """Put on the thread what is due next, so that its page and lists can say so."""
    due_for, due_at = due_of(clocks)
    if (thread.due_for, thread.due_at) != (due_for, due_at):
        Thread.objects.filter(pk=thread.pk).update(due_for=due_for, due_at=due_at)


def due_of(clocks: list[Clock]) -> tuple[str, datetime | None]:
    """Which of the clocks of a thread is named, and by when; no moment while it rests."""
    open_ones = [row for row in clocks if row.stopped_at is None]
    # What was promised first is named until it is done, late or not.
    open_ones.sort(key=lambda row: (row.kind != ClockKind.RESPONSE, row.due_at is None))
    if not open_ones:
        return "", None
    return str(open_ones[0].kind), open_ones[0].due_at if open_ones[0].is_running else None


@transaction.atomic
def look_at_clocks(thread_id: int) -> list[ClockChanged]:
    """A moment has come at which a clock of this thread shows something new. Looking twice finds nothing new."""
    locked(thread_id)
    return settle_clocks(thread_id)


@transaction.atomic
def move_clocks(thread_id: int) -> None:
    """The hours by which the clocks of this thread run are others now."""
    before = locked(thread_id)
    settle_clocks(thread_id)
    after = Thread.objects.get(pk=thread_id)
    if after.due_at != before.due_at:
        publish(ClockMoved(thread_id=thread_id, kind=after.due_for))
