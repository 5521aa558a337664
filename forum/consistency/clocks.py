"""What is to happen by itself, and when: the clocks of a thread, promises, and calls that nobody has taken."""

from collections.abc import Iterator

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from community import clock
from community.desk.actions.clocks import SHOWN, look_ahead, look_at_clocks, read
from community.desk.models import TAKEN_WITHIN, Breach, Clock, Escalation, Promise
from community.desk.running import facts_of
from community.threads.actions.record import locked
from community.threads.models import PromiseStands


def differing_clocks() -> Iterator[Clock]:
    for row in Clock.objects.select_related("calendar", "thread").iterator(chunk_size=500):
        shown = [getattr(row, name) for name in SHOWN]
        look_ahead(row, read(row, facts_of(row.thread)))
        if shown != [getattr(row, name) for name in SHOWN]:
            yield row


def clocks() -> Iterator[str]:
    """A clock shows what the log of its thread says."""
    for row in differing_clocks():
        yield f"thread {row.thread_id}: the {row.kind} clock does not show what its log says"
    late = Exists(Breach.objects.filter(thread=OuterRef("thread"), kind=OuterRef("kind")))
    for row in Clock.objects.filter(~late).exclude(breached_at=None):
        yield f"thread {row.thread_id}: the {row.kind} clock was late and nothing was recorded of it"


def differing_promises() -> Iterator[Promise]:
    for row in Promise.objects.filter(Q(stands=PromiseStands.RUNNING) | ~Q(next_at=None)).iterator(chunk_size=500):
        next_at = row.next_at
        row.look_ahead()
        if row.next_at != next_at:
            yield row


def promises() -> Iterator[str]:
    for row in differing_promises():
        yield f"thread {row.thread_id}: its promise is looked at next at another time than it should be"


def differing_escalations() -> Iterator[Escalation]:
    """When those behind were called is not kept: of these is only known whether others are called after them."""
    for row in Escalation.objects.filter(Q(taken_at=None) | ~Q(next_at=None)).iterator(chunk_size=500):
        next_at = row.next_at
        row.look_ahead(row.at if row.step == 0 or next_at is None else next_at - TAKEN_WITHIN)
        if row.next_at != next_at:
            yield row


def escalations() -> Iterator[str]:
    for row in differing_escalations():
        yield f"escalation {row.pk}: it goes on to the next at another time than it should"


def mend() -> Iterator[str]:
    for thread_id in dict.fromkeys(row.thread_id for row in differing_clocks()):
        look_at_clocks(thread_id)
        yield f"thread {thread_id}: its clocks show again what its log says"
    for row in list(differing_promises()):
        with transaction.atomic():
            locked(row.thread_id)
            row.refresh_from_db()
            # It looks ahead by itself.
            row.save(update_fields=["next_at"])
        yield f"thread {row.thread_id}: its promise is looked at next when it should be"
    for row in list(differing_escalations()):
        with transaction.atomic():
            held = Escalation.objects.select_for_update().get(pk=row.pk)
            held.look_ahead(held.at if held.step == 0 else clock.now())
            held.save(update_fields=["next_at"])
        yield f"escalation {row.pk}: it goes on to the next when it should"


CHECKS = (clocks, promises, escalations)
