"""The rows of a month that a reader may read. Each has `counted_at`, the moment that puts it into the month."""

from collections.abc import Callable
from typing import Any

from django.db.models import FETCH_RAISE, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from community.desk.models import Call, Clock, Complaint, Deadline, Offer, Promise
from community.organisations.models import Seat
from community.threads.models import Genre, State, Thread

from .months import Month


def readable(reader: Any) -> QuerySet:
    """Cases count after they were merged as well: each was asked by somebody."""
    return Thread.objects.visible_to(reader).standing()


def clocks(reader: Any, month: Month) -> QuerySet:
    """Those that were late in the month, whether done since or not, and those that stopped in time in it."""
    in_time = Q(breached_at=None) & month.holds("stopped_at")
    rows = Clock.objects.of_threads(readable(reader)).filter(in_time | month.holds("breached_at"))
    return rows.for_page().annotate(counted_at=Coalesce("breached_at", "stopped_at"))


def promises(reader: Any, month: Month) -> QuerySet:
    rows = Promise.objects.of_threads(readable(reader)).filter(month.holds("settled_at"))
    return rows.for_page().annotate(counted_at=F("settled_at"))


def deadlines(reader: Any, month: Month) -> QuerySet:
    rows = Deadline.objects.of_threads(readable(reader)).filter(month.holds("stated_at"))
    rows = rows.select_related("thread__space", "decided_by").fetch_mode(FETCH_RAISE)
    return rows.annotate(counted_at=F("stated_at"), size=people_beside("stated_by", at="decided_at"))


def offers(reader: Any, month: Month) -> QuerySet:
    rows = Offer.objects.filter(month.holds("made_at"), thread__in=readable(reader))
    return rows.select_related("thread", "made_by").fetch_mode(FETCH_RAISE).annotate(counted_at=F("made_at"))


def calls(reader: Any, month: Month) -> QuerySet:
    """Also those for which nothing was opened, because nobody was on shift."""
    rows = Call.objects.visible_to(reader).asked_between(*month.span)
    return rows.for_page().annotate(counted_at=F("asked_at"))


def questions(reader: Any, month: Month) -> QuerySet:
    """What was asked in the month; a private side talk belongs to the question that it is about."""
    rows = readable(reader).filter(month.holds("created_at"), genre=Genre.QUESTION, aside=None)
    return rows.for_listing().with_first_reply().annotate(counted_at=F("created_at"))


def closed(reader: Any, month: Month) -> QuerySet:
    rows = readable(reader).filter(month.holds("closed_at"), genre=Genre.QUESTION, state=State.CLOSED)
    return rows.for_listing().annotate(counted_at=F("closed_at"))


def complaints(reader: Any, month: Month) -> QuerySet:
    rows = Complaint.objects.of_threads(readable(reader)).filter(month.holds("at"))
    return rows.for_page().annotate(counted_at=F("at"))


# By the word in the report; what is not for the whole team is for those who answer for support.
ROWS: dict[str, Callable[[Any, Month], QuerySet]] = {
    "clocks": clocks,
    "promises": promises,
    "deadlines": deadlines,
    "offers": offers,
    "calls": calls,
    "questions": questions,
    "closed": closed,
    "complaints": complaints,
}
FOR_THE_TEAM = frozenset({"clocks", "questions", "closed"})


def people_beside(member: str, *, at: str) -> Coalesce:
    """How many had a seat in an organisation of this member at that moment of the row, himself included."""
    then = Q(given_at__lte=OuterRef(at)) & (Q(ended_at=None) | Q(ended_at__gt=OuterRef(at)))
    then_too = Q(given_at__lte=OuterRef(OuterRef(at))) & (Q(ended_at=None) | Q(ended_at__gt=OuterRef(OuterRef(at))))
    his = Seat.objects.filter(then_too, member=OuterRef(OuterRef(member)), organisation=OuterRef("organisation"))
    beside = Seat.objects.filter(then, Exists(his)).order_by().annotate(all=Value(1)).values("all")
    return Coalesce(Subquery(beside.annotate(people=Count("member", distinct=True)).values("people")), 0)
