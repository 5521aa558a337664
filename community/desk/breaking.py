"""What breaks next in a thread: the one place where everything that can is named."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import reduce

from django.db.models import F
from django.db.models.query import QuerySet

from community.threads.models import Thread

from .models import Clock

# Each gives rows {"at", "what"} of one thread: moments at which we break our word, passed or to come. `what` is a word
# of `queues.html`; a source that is asked together with the others costs no query of its own.
type Source = Callable[[int], QuerySet]


@dataclass(frozen=True)
class Break:
    at: datetime
    what: str


def clocks(thread_id: int) -> QuerySet:
    """A clock that rests breaks nothing, late or not: it is somebody else's turn."""
    running = Clock.objects.filter(thread=thread_id, due_at__isnull=False).exclude(running_since=None)
    return running.values(at=F("due_at"), what=F("kind"))


SOURCES: list[Source] = [clocks]


def next_to_break(thread: Thread) -> Break | None:
    """The earliest of all sources, in one query."""
    first, *others = [source(thread.pk).order_by() for source in SOURCES]
    found = reduce(lambda rows, more: rows.union(more, all=True), others, first).order_by("at").first()
    return Break(found["at"], found["what"]) if found else None
