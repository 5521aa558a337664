"""The reports of a month: which rows each counts, and the outcomes that share them out, every row in exactly one."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from community.desk.models import ClockKind
from community.desk.queries import KEPT, MISSED, call_lists
from community.threads.models import DeadlineStands, OfferStands, PromiseStands
from community.threads.queries import CLOSED_WITHOUT_AN_ANSWER

from .months import Month
from .rows import ROWS

# So many people make an organisation a small one.
SMALL = 10

type Outcomes = dict[str, tuple[Any, Q]]


@dataclass(frozen=True)
class Report:
    """`of`: which rows;  `judged`: the outcomes of which a share is taken, the one it is the share of first;
    `until`: up to which moment of the row its time is taken, from when it was asked."""

    key: str
    words: Any
    of: str
    outcomes: Callable[[Month], Outcomes]
    only: Callable[[Month], Q] = lambda month: Q()
    judged: tuple[str, ...] = ()
    until: str = ""

    def rows(self, reader: Any, month: Month, outcome: str = "") -> QuerySet:
        found = ROWS[self.of](reader, month).filter(self.only(month))
        return found.filter(self.outcomes(month)[outcome][1]) if outcome else found


def in_time_or_late(month: Month) -> Outcomes:
    return {"met": (_("in time"), KEPT), "late": (_("late"), MISSED)}


def of_promises(month: Month) -> Outcomes:
    stands = (PromiseStands.KEPT, PromiseStands.LATE, PromiseStands.BROKEN, PromiseStands.MOVED)
    return {each.value: (each.label, Q(stands=each)) for each in stands}


def is_decided(month: Month) -> Q:
    return month.has_seen("decided_at")


def of_decided(month: Month) -> Outcomes:
    stands = (DeadlineStands.ACCEPTED, DeadlineStands.ALTERNATIVE, DeadlineStands.DECLINED)
    return {each.value: (each.label, is_decided(month) & Q(stands=each)) for each in stands}


def of_deadlines(month: Month) -> Outcomes:
    counts = month.has_not_seen("decided_at") & month.has_not_seen("replaced_at")
    replaced = month.has_not_seen("decided_at") & month.has_seen("replaced_at")
    return of_decided(month) | {
        "undecided": (_("not decided"), counts & Q(decide_by__isnull=False)),
        "met": (_("our word came before it"), counts & Q(decide_by=None)),
        "replaced": (_("replaced by the asker"), replaced),
    }


def of_offers(month: Month) -> Outcomes:
    answered = month.has_seen("answered_at")
    return {
        "accepted": (OfferStands.ACCEPTED.label, answered & Q(stands=OfferStands.ACCEPTED)),
        "declined": (OfferStands.DECLINED.label, answered & Q(stands=OfferStands.DECLINED)),
        "waiting": (_("not answered"), month.has_not_seen("answered_at")),
    }


def of_calls(month: Month) -> Outcomes:
    words = {"in_time": _("in time"), "late": _("late"), "left": _("left in time"), "waiting": _("waiting")}
    lists = call_lists(month.upto)
    return {key.replace("_", "-"): (word, lists[key]) for key, word in words.items()}


def by_moment(moment: str, done: Any, not_done: Any) -> Callable[[Month], Outcomes]:
    return lambda month: {
        "done": (done, month.has_seen(moment)),
        "open": (not_done, month.has_not_seen(moment)),
    }


def by_door(month: Month) -> Outcomes:
    return {
        "private": (_("came privately, written down"), Q(received__isnull=False)),
        "here": (_("asked here"), Q(received=None)),
    }


def of_closed(month: Month) -> Outcomes:
    return {
        "unanswered": (_("without an answer"), CLOSED_WITHOUT_AN_ANSWER),
        "answered": (_("answered before"), ~CLOSED_WITHOUT_AN_ANSWER),
    }


def of_complaints(month: Month) -> Outcomes:
    answered, waits = month.has_seen("answered_at"), month.has_not_seen("answered_at")
    late = answered & Q(answered_at__gt=F("due_at")) | waits & Q(due_at__lt=month.upto)
    return {
        "in-time": (_("answered in time"), answered & Q(answered_at__lte=F("due_at"))),
        "late": (_("late"), late),
        "waiting": (_("waiting, in time"), waits & Q(due_at__gte=month.upto)),
    }


def fairness(key: str, words: Any, size: Q) -> Report:
    """How often a deadline is accepted, by how many people stand behind whoever asked."""
    return Report(
        key,
        words,
        "deadlines",
        of_decided,
        only=lambda month: is_decided(month) & size,
        judged=("accepted", "alternative", "declined"),
    )


IN_TIME = {"outcomes": in_time_or_late, "judged": ("met", "late")}
# By what they are about: a heading, what is to be known of it, and the reports below it.
SECTIONS: tuple[tuple[Any, Any, tuple[Report, ...]], ...] = (
    (
        _("Clocks"),
        _("What was late in the month, done since or not, and what was done in time in it."),
        (
            Report("response", _("First response"), "clocks", only=lambda month: Q(kind=ClockKind.RESPONSE), **IN_TIME),
            Report("solution", _("Solution"), "clocks", only=lambda month: Q(kind=ClockKind.SOLUTION), **IN_TIME),
        ),
    ),
    (
        _("Times"),
        _("What was asked in the month: how long from the question to the first reply, to a plan and to its delivery."),
        (
            Report(
                "reply",
                _("First reply by a person"),
                "questions",
                by_moment("first_reply_at", _("replied to"), _("no reply yet")),
                until="first_reply_at",
            ),
            Report(
                "plan",
                _("First plan"),
                "questions",
                by_moment("outlook__planned_at", _("with a plan"), _("without one")),
                until="outlook__planned_at",
            ),
            Report(
                "delivery",
                _("Delivery"),
                "questions",
                by_moment("outlook__done_at", _("delivered"), _("nothing delivered")),
                until="outlook__done_at",
            ),
        ),
    ),
    (
        _("Our word"),
        _("Promises that were settled in the month; deadlines that were stated and offers that were made in it."),
        (
            Report("promises", _("Promises"), "promises", of_promises, judged=("kept", "late", "broken")),
            Report("deadlines", _("Deadlines"), "deadlines", of_deadlines),
            Report("offers", _("Offers"), "offers", of_offers),
        ),
    ),
    (
        _("Fairness"),
        _("Deadlines that were decided, by how many people stood behind the asker then. The share is to be the same."),
        (
            fairness("alone", _("One person"), Q(size__lte=1)),
            fairness("small", _("Up to ten people"), Q(size__gt=1, size__lte=SMALL)),
            fairness("large", _("More than ten people"), Q(size__gt=SMALL)),
        ),
    ),
    (
        _("Ways in and out"),
        _("How cases came, how soon a person spoke, and what ended without helping."),
        (
            Report("doors", _("Cases"), "questions", by_door, judged=("private", "here")),
            Report("calls", _("Calls for a person"), "calls", of_calls, judged=("in-time", "late")),
            Report("closed", _("Closed threads"), "closed", of_closed),
            Report("complaints", _("Complaints"), "complaints", of_complaints),
        ),
    ),
)
REPORTS = {report.key: report for _heading, _more, reports in SECTIONS for report in reports}
