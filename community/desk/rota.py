"""Who is on shift when, and when nobody is although somebody should be."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from community.people.models import Member

from .hours import DAY, Hours, moment
from .models import LiveTarget, Shift
from .spans import Span, merged, shared, without

# No zone is more than a day away from ours, and a shift may have begun the evening before.
AROUND = 2 * DAY
WEEK = 7 * DAY
# Somebody is told when the next shift begins, if it does in this time.
AHEAD = 14 * DAY


@dataclass(frozen=True, order=True)
class Watch:
    """One day of a shift: from when to when somebody is really there."""

    begins_at: datetime
    ends_at: datetime
    day: date
    shift: Shift = field(compare=False)

    @property
    def span(self) -> Span:
        return self.begins_at, self.ends_at


@dataclass(frozen=True)
class Staffing:
    """Whether somebody is there for a plan at a moment."""

    # The hours of the plan go on at this moment, whether somebody is on or not.
    is_open: bool
    people: tuple[Member, ...]
    # Until when there is somebody without a break; when there is somebody again.
    until: datetime | None
    next_at: datetime | None

    @property
    def is_staffed(self) -> bool:
        return self.is_open and bool(self.people)


def watches(earlier: datetime, later: datetime) -> list[Watch]:
    """Everybody who is on at some time between the two, in order; one query."""
    first, last = (earlier - AROUND).date(), (later + AROUND).date()
    shifts = Shift.objects.on_days(first, last).of_those_who_answer().select_related("member")
    found = [watch for shift in shifts for watch in watches_of(shift, first, last)]
    return sorted(watch for watch in found if watch.begins_at < later and watch.ends_at > earlier)


def watches_of(shift: Shift, first: date, last: date) -> Iterator[Watch]:
    for day in days_of(shift, first, last):
        begins_at, ends_at = bounds(shift.place, day, shift.begins, shift.ends)
        # A short one at night can fall into the hour that the clocks leave out.
        if begins_at < ends_at:
            yield Watch(begins_at, ends_at, day, shift)


def days_of(shift: Shift, first: date, last: date) -> Iterator[date]:
    if not shift.is_weekly:
        if first <= shift.day <= last:
            yield shift.day
        return
    day = shift.day + max(0, -(-(first - shift.day).days // 7)) * WEEK
    while day <= min(last, shift.until or last):
        yield day
        day += WEEK


def bounds(zone: ZoneInfo, day: date, begins: time, ends: time) -> Span:
    """As hours are kept everywhere here: summed as they really pass, so a night may be an hour shorter or longer."""
    return moment(zone, day, begins), moment(zone, day if ends > begins else day + DAY, ends)


def open_between(hours: Hours, earlier: datetime, later: datetime) -> list[Span]:
    if hours.week is None:
        return [(earlier, later)]
    spans = []
    for begins, ends in hours.open_since(earlier):
        if begins >= later:
            break
        spans.append((begins, min(ends, later)))
    return spans


def staffing(at: datetime, hours: Hours) -> Staffing:
    ahead = watches(at, at + AHEAD)
    wanted = open_between(hours, at, at + AHEAD)
    there = shared(wanted, (watch.span for watch in ahead))
    now = [watch for watch in ahead if watch.begins_at <= at]
    # Somebody may have two shifts at once and is one person all the same.
    people = {watch.shift.member_id: watch.shift.member for watch in now}
    return Staffing(
        is_open=bool(wanted) and wanted[0][0] <= at,
        people=tuple(people.values()),
        until=there[0][1] if there and there[0][0] <= at else None,
        next_at=next((begins for begins, _ends in there if begins > at), None),
    )


def on_shift(at: datetime) -> list[Member]:
    """Each once, whoever came first before the others."""
    now = [watch.shift.member for watch in watches(at, at + timedelta(seconds=1)) if watch.begins_at <= at]
    return list({member.pk: member for member in now}.values())


def promised_between(earlier: datetime, later: datetime) -> list[Span]:
    """The hours in which somebody has to be on for some plan; a plan without customers needs nobody."""
    targets = LiveTarget.objects.filter(plan__organisations__expires_on__gte=earlier.date()).distinct()
    calendars = [target.calendar for target in targets.select_related("calendar")]
    return merged(span for calendar in calendars for span in open_between(calendar.hours, earlier, later))


def gaps_between(earlier: datetime, later: datetime, on: Iterable[Watch] | None = None) -> list[Span]:
    """Promised hours in which nobody is on. `on`: who is, for whoever has asked already."""
    there = watches(earlier, later) if on is None else on
    return without(promised_between(earlier, later), (watch.span for watch in there))


def house_zone() -> ZoneInfo:
    """By which the rota is read and a month begins: that of the first calendar that somebody has to be on for."""
    zones = LiveTarget.objects.order_by("pk").values_list("calendar__zone", flat=True)
    return ZoneInfo(zones.first() or "UTC")


def month_of(at: datetime, zone: ZoneInfo) -> Span:
    """The month of a moment, from its first day to that of the next."""
    first = at.astimezone(zone).date().replace(day=1)
    return moment(zone, first, time()), moment(zone, (first + 31 * DAY).replace(day=1), time())
