"""How a row of a report reads in a list: the same shape whatever it is."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from community.desk.models import Call, Clock, Complaint, Deadline, Offer, Promise
from community.threads.models import Thread


@dataclass(frozen=True)
class Line:
    """`word`: how it stands;  `about`: what people called it and who, each apart."""

    title: str
    word: Any
    at: datetime
    url: str = ""
    about: tuple[Any, ...] = ()
    is_late: bool = False


def of_clock(row: Clock, at: datetime) -> Line:
    thread, word = row.thread, _("late") if row.breached_at else _("in time")
    about = (row.get_kind_display(), thread.space.name)
    return Line(thread.title, word, at, thread.get_absolute_url(), about, bool(row.breached_at))


def of_promise(row: Promise, at: datetime) -> Line:
    about = (row.made_by.called, row.thread.title)
    is_late = row.stands in ("late", "broken")
    return Line(row.what, row.get_stands_display(), at, row.thread.get_absolute_url(), about, is_late)


def of_deadline(row: Deadline, at: datetime) -> Line:
    """Leads to where it is decided while it is not; who asks stands in none of them."""
    thread = row.thread
    about = (row.otherwise, row.decided_by.called if row.decided_by else thread.space.name)
    url = row.get_absolute_url() if row.is_open else thread.get_absolute_url()
    return Line(thread.title, row.get_stands_display(), at, url, about)


def of_offer(row: Offer, at: datetime) -> Line:
    about = (row.made_by.called, row.thread.title)
    return Line(row.what, row.get_stands_display(), at, row.thread.get_absolute_url(), about)


def of_call(row: Call, at: datetime) -> Line:
    title, url = (row.thread.title, row.thread.get_absolute_url()) if row.thread else (_("Nobody was on shift"), "")
    word = row.get_ending_display() or _("in line")
    return Line(title, word, at, url, (row.asked_by.called, row.organisation.name, row.plan.name), row.is_late)


def of_thread(row: Thread, at: datetime) -> Line:
    # Without the name of the asker: a deadline of his may be waiting for somebody who decides without knowing it.
    return Line(row.title, row.get_state_display(), at, row.get_absolute_url(), (row.space.name,))


def of_complaint(row: Complaint, at: datetime) -> Line:
    word = _("answered") if row.answered_at else _("waiting")
    about = (row.words, row.member.called)
    is_late = bool(row.answered_at and row.answered_at > row.due_at)
    return Line(row.thread.title, word, at, row.get_absolute_url(), about, is_late)


LINES: dict[str, Callable[[Any, datetime], Line]] = {
    "clocks": of_clock,
    "promises": of_promise,
    "deadlines": of_deadline,
    "offers": of_offer,
    "calls": of_call,
    "questions": of_thread,
    "closed": of_thread,
    "complaints": of_complaint,
}


def line_of(of: str, row: Any) -> Line:
    return LINES[of](row, row.counted_at)
