"""A thread as a row of the desk: what breaks next, whose turn it is, who has it in hand."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from community.requests.models import ServiceRequest
from community.threads.models import DeadlineStands, Thread
from community.threads.queries import ThreadQuerySet
from community.threads.rows import about

from .models import Handling
from .same_case import with_same_case

# What breaks, by the words of `breaking.SOURCES`.
BREAKS: dict[str, Any] = {
    "response": _("first response"),
    "solution": _("solution"),
    "promise": _("promise"),
    "deadline": _("decision on a deadline"),
    "escalation": _("the account manager"),
}
# From here on somebody has to look at it now.
NEAR = timedelta(hours=1)
# What a row says besides what its thread says.
HANDS = ("handling__assigned_to", "handling__team", "handling__claimed_by")
BESIDE = (*HANDS, "service_request", "outlook")


@dataclass(frozen=True)
class DeskRow:
    """What desk/_row.html shows."""

    thread: Thread
    handling: Handling
    request: ServiceRequest | None
    at: datetime
    mine: bool

    @property
    def breaks(self) -> Any:
        return BREAKS.get(self.handling.next_for, "")

    @property
    def is_late(self) -> bool:
        return self.handling.is_late(self.at)

    @property
    def is_near(self) -> bool:
        return self.handling.next_at is not None and self.handling.next_at <= self.at + NEAR

    @property
    def is_snoozed(self) -> bool:
        return self.handling.is_snoozed(self.at)

    @property
    def is_claimed(self) -> bool:
        return self.handling.is_claimed(self.at)

    @property
    def is_blind(self) -> bool:
        """A person decides about a deadline, and does so without knowing who asks and under which plan."""
        outlook = getattr(self.thread, "outlook", None)
        return outlook is not None and outlook.deadline_stands == DeadlineStands.OPEN

    @property
    def about(self) -> list[str]:
        if self.is_blind:
            return [self.thread.space.name]
        return [word for word in about(self.thread) if word]


def desk_rows(threads: ThreadQuerySet, ids: list[int], *, reader: Any, at: datetime) -> list[DeskRow]:
    """The rows of these threads in this order; in one query."""
    shown = with_same_case(threads.filter(pk__in=ids).for_listing().select_related(*BESIDE))
    found = {thread.pk: thread for thread in shown}
    return [row_of(found[pk], reader, at) for pk in ids if pk in found]


def at_desk(thread: Any, reader: Any, at: datetime) -> DeskRow | None:
    """The row of a thread that came with its `HANDS`; None where nobody waits."""
    handling = getattr(thread, "handling", None)
    if handling is None or handling.queue is None:
        return None
    return DeskRow(thread, handling, None, at, handling.assigned_to_id == reader.pk)


def row_of(thread: Any, reader: Any, at: datetime) -> DeskRow:
    request = getattr(thread, "service_request", None)
    if request:
        request.thread = thread
    return DeskRow(thread, thread.handling, request, at, thread.handling.assigned_to_id == reader.pk)
