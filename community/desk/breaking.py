"""What breaks next in a thread: the one place where everything that can is named."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import reduce

from django.db.models import F, Value
from django.db.models.query import QuerySet

from community.threads.models import Thread

from .models import Clock, Deadline, Escalation, Promise

# Each gives rows {"moment", "breaks"} of one thread: when we break our word, passed or to come, and which word, by its
# name in `rows.BREAKS`; a source that is asked together with the others costs no query of its own.
type Source = Callable[[int], QuerySet]


@dataclass(frozen=True)
class Break:
    at: datetime
    what: str


def clocks(thread_id: int) -> QuerySet:
    """A clock that rests breaks nothing, late or not: it is somebody else's turn."""
    running = Clock.objects.filter(thread=thread_id, due_at__isnull=False).exclude(running_since=None)
    return running.values(moment=F("due_at"), breaks=F("kind"))


def promises(thread_id: int) -> QuerySet:
    return Promise.objects.running().filter(thread=thread_id).values(moment=F("until"), breaks=Value("promise"))


def deadlines(thread_id: int) -> QuerySet:
    """One that comes before our word is decided within the hour."""
    undecided = Deadline.objects.to_decide().filter(thread=thread_id)
    return undecided.values(moment=F("decide_by"), breaks=Value("deadline"))


def escalations(thread_id: int) -> QuerySet:
    """Whoever calls the account manager waits from that moment on."""
    calls = Escalation.objects.waiting().filter(thread=thread_id)
    return calls.values(moment=F("at"), breaks=Value("escalation"))


SOURCES: list[Source] = [clocks, promises, deadlines, escalations]


def next_to_break(thread: Thread) -> Break | None:
    """The earliest of all sources, in one query."""
    first, *others = [source(thread.pk).order_by() for source in SOURCES]
    found = reduce(lambda rows, more: rows.union(more, all=True), others, first).order_by("moment").first()
    return Break(found["moment"], found["breaks"]) if found else None
