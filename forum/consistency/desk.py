"""What the desk shows of a thread, held against what was promised, needed and said in it."""

from collections.abc import Callable, Iterator
from typing import Any

from django.db import models, transaction
from django.db.models import OuterRef, Subquery

from community.desk.actions.outlooks import show_deadline, show_offer, show_promise
from community.desk.actions.settling import ENDED, settle_handling
from community.desk.breaking import next_to_break
from community.desk.models import Deadline, Handling, Offer, Promise
from community.desk.queues import queue_of
from community.threads.actions.record import locked
from community.threads.models import Genre, Outlook, PromiseStands, Thread

PROMISE = ("promise_stands", "promise_what", "promise_from", "promise_until", "promise_by_id")
DEADLINE = ("deadline_stands", "deadline_at", "decide_by")
OFFER = ("offer_stands", "offer_what")


def newest(rows: models.QuerySet, *order: str) -> models.QuerySet:
    """Of each thread the one that its page speaks of."""
    first = rows.filter(thread=OuterRef("thread")).order_by(*order)
    return rows.filter(pk=Subquery(first.values("pk")[:1])).select_related("thread__outlook")


def promises() -> models.QuerySet[Promise]:
    """The page speaks of the newest promise that no other took the place of."""
    return newest(Promise.objects.exclude(stands=PromiseStands.MOVED), "-made_at", "-pk")


def of_promise(row: Promise) -> tuple[Any, ...]:
    return row.stands, row.what, row.begins_at, row.until, row.made_by_id


def of_deadline(row: Deadline) -> tuple[Any, ...]:
    return row.stands, row.at, row.decide_by if row.is_open else None


def of_offer(row: Offer) -> tuple[Any, ...]:
    return row.stands, row.what


SHOWN: dict[str, tuple[Callable[[], models.QuerySet], tuple[str, ...], Callable, Callable]] = {
    "promise": (promises, PROMISE, of_promise, show_promise),
    "deadline": (Deadline.objects.counting, DEADLINE, of_deadline, show_deadline),
    "offer": (lambda: newest(Offer.objects.all(), "-made_at", "-pk"), OFFER, of_offer, show_offer),
}


def differing(what: str) -> Iterator[tuple[Any, str]]:
    """The rows that a page does not show as they are, and what it says of how they stand."""
    rows, columns, told, _show = SHOWN[what]
    for row in rows().select_related("thread__outlook").iterator(chunk_size=500):
        outlook = getattr(row.thread, "outlook", None)
        says = tuple(getattr(outlook, column, "") for column in columns)
        if says != told(row):
            yield row, says[0]


def outlooks() -> Iterator[str]:
    for what in SHOWN:
        for row, says in differing(what):
            differs = f"is {says or 'none'}, it is {row.stands}" if says != row.stands else "says something else"
            yield f"thread {row.thread_id}: the {what} shown {differs}"
    for what, of in (("promise", "promises"), ("deadline", "deadlines"), ("offer", "offers")):
        unfounded = Outlook.objects.exclude(**{f"{what}_stands": ""}).filter(**{f"thread__{of}": None})
        for thread_id in unfounded.values_list("pk", flat=True):
            yield f"thread {thread_id}: {what} is shown and there is none"


def out_of_step() -> Iterator[tuple[int, str]]:
    """Threads that stand otherwise at the desk than they say, and how."""
    for row in Handling.objects.select_related("thread").iterator(chunk_size=500):
        queue = queue_of(row.thread)
        if row.queue != queue:
            yield row.thread_id, f"it stands in the queue {row.queue or 'none'}, its turn is {queue or 'none'}"
        elif row.since != row.thread.state_since:
            yield row.thread_id, "it stands in its queue since another time than its state"
        elif (row.next_at, row.next_for) != breaks_next(row):
            yield row.thread_id, "what breaks next in it is not what its queue says"
    unseen = Thread.objects.filter(handling=None, genre=Genre.QUESTION).exclude(state__in=ENDED)
    for thread in unseen.iterator(chunk_size=500):
        if queue := queue_of(thread):
            yield thread.pk, f"it stands in no queue, its turn is {queue}"


def queues() -> Iterator[str]:
    for thread_id, how in out_of_step():
        yield f"thread {thread_id}: {how}"


def breaks_next(row: Handling) -> tuple[Any, str]:
    breaks = next_to_break(row.thread) if row.queue else None
    return (breaks.at, breaks.what) if breaks else (None, "")


def mend() -> Iterator[str]:
    for what, (_rows, _columns, _told, show) in SHOWN.items():
        for row, _says in list(differing(what)):
            with transaction.atomic():
                locked(row.thread_id)
                row.refresh_from_db()
                show(row)
            yield f"thread {row.thread_id}: the {what} shown is what it is again"
    for thread_id, _how in list(out_of_step()):
        with transaction.atomic():
            settle_handling(locked(thread_id))
        yield f"thread {thread_id}: it stands at the desk as it should again"


CHECKS = (outlooks, queues)
