"""What is promised and in which hours: forty questions, and the moment by which each must have its first response."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from community.desk.hours import Block, Hours


def blocks(*spans: str) -> tuple[Block, ...]:
    """ "9-12", "13-17"; 24 is midnight at the end of the day."""
    ends = [[int(hour) % 24 for hour in span.split("-")] for span in spans]
    return tuple(Block(time(begin), time(end)) for begin, end in ends)


CLOSED: tuple[Block, ...] = ()
OFFICE = blocks("9-12", "13-17")
# Monday first.
HOURS: dict[str, tuple[tuple[Block, ...], ...] | None] = {
    "office": (OFFICE,) * 5 + (CLOSED,) * 2,
    "long": (blocks("8-20"),) * 5 + (blocks("10-14"), CLOSED),
    "nights": (blocks("0-6", "22-24"),) * 7,
    "weekends": (CLOSED,) * 5 + (blocks("10-16"),) * 2,
    "gulf": (blocks("8-16"),) * 4 + (CLOSED,) * 2 + (blocks("8-16"),),
    "whole days": (blocks("0-24"),) * 7,
    "round the clock": None,
}
# Working minutes to the first response.
PLANS = {"community": 16 * 60, "basic": 8 * 60, "enhanced": 4 * 60, "critical": 60}


@dataclass(frozen=True)
class Case:
    plan: str
    hours: str
    zone: str
    channel: str
    asked: str
    due: str
    holidays: str = ""

    @property
    def asked_at(self) -> datetime:
        return datetime.fromisoformat(self.asked)

    @property
    def due_at(self) -> datetime:
        return datetime.fromisoformat(self.due)

    @property
    def days_off(self) -> frozenset[date]:
        return frozenset(date.fromisoformat(day) for day in self.holidays.split())

    @property
    def calendar(self) -> Hours:
        return Hours(ZoneInfo(self.zone), HOURS[self.hours], self.days_off)

    @property
    def working(self) -> timedelta:
        return timedelta(minutes=PLANS[self.plan])

    def __str__(self) -> str:
        return f"{self.plan}, {self.hours}, {self.zone}, by {self.channel}, {self.asked}"


BERLIN, LONDON, NEW_YORK = "Europe/Berlin", "Europe/London", "America/New_York"
CASES = (
    # Blocks of a day, the night, the weekend. 23 November 2026 is a Monday.
    Case("enhanced", "office", BERLIN, "page", "2026-11-23T09:00+01:00", "2026-11-23T14:00+01:00"),
    Case("enhanced", "office", BERLIN, "mail", "2026-11-23T12:15+01:00", "2026-11-23T17:00+01:00"),
    Case("enhanced", "office", BERLIN, "ticket", "2026-11-23T16:20+01:00", "2026-11-24T13:20+01:00"),
    Case("enhanced", "office", BERLIN, "page", "2026-11-23T17:00+01:00", "2026-11-24T14:00+01:00"),
    Case("enhanced", "office", BERLIN, "mail", "2026-11-27T16:59+01:00", "2026-11-30T13:59+01:00"),
    Case("enhanced", "office", BERLIN, "page", "2026-11-28T11:00+01:00", "2026-11-30T14:00+01:00"),
    Case("enhanced", "office", BERLIN, "mail", "2026-11-23T09:00:37+01:00", "2026-11-23T14:00:37+01:00"),
    Case("critical", "office", BERLIN, "page", "2026-11-27T16:30+01:00", "2026-11-30T09:30+01:00"),
    Case("basic", "office", BERLIN, "page", "2026-11-23T09:00+01:00", "2026-11-24T10:00+01:00"),
    Case("basic", "office", BERLIN, "ticket", "2026-11-27T13:30+01:00", "2026-11-30T14:30+01:00"),
    Case("basic", "office", BERLIN, "page", "2028-02-28T09:00+01:00", "2028-02-29T10:00+01:00"),
    Case("community", "office", BERLIN, "page", "2026-11-23T09:00+01:00", "2026-11-25T11:00+01:00"),
    Case("community", "weekends", BERLIN, "page", "2026-11-25T18:00+01:00", "2026-12-05T14:00+01:00"),
    Case("enhanced", "long", LONDON, "mail", "2026-11-27T19:00+00:00", "2026-11-28T13:00+00:00"),
    Case("enhanced", "long", LONDON, "page", "2026-11-28T13:00+00:00", "2026-11-30T11:00+00:00"),
    Case("enhanced", "gulf", "Asia/Riyadh", "ticket", "2026-11-26T14:00+03:00", "2026-11-29T10:00+03:00"),
    # Holidays.
    Case("enhanced", "office", BERLIN, "page", "2026-12-24T16:20+01:00", "2026-12-28T13:20+01:00", "2026-12-25"),
    Case(
        "enhanced",
        "office",
        BERLIN,
        "mail",
        "2026-12-24T10:00+01:00",
        "2026-12-28T14:00+01:00",
        "2026-12-24 2026-12-25",
    ),
    Case("community", "office", BERLIN, "page", "2026-12-31T15:00+01:00", "2027-01-05T17:00+01:00", "2027-01-01"),
    Case("enhanced", "nights", BERLIN, "page", "2026-11-23T23:00+01:00", "2026-11-25T03:00+01:00", "2026-11-24"),
    Case(
        "enhanced",
        "long",
        LONDON,
        "ticket",
        "2026-12-24T19:30+00:00",
        "2026-12-29T11:30+00:00",
        "2026-12-25 2026-12-26 2026-12-28",
    ),
    Case("enhanced", "office", NEW_YORK, "mail", "2026-11-25T15:30-05:00", "2026-11-27T11:30-05:00", "2026-11-26"),
    Case(
        "enhanced",
        "office",
        "Pacific/Auckland",
        "page",
        "2027-02-05T15:00+13:00",
        "2027-02-09T11:00+13:00",
        "2027-02-08",
    ),
    # Round the clock is round the clock, on holidays too.
    Case("enhanced", "round the clock", BERLIN, "mail", "2026-11-28T23:30+01:00", "2026-11-29T03:30+01:00"),
    Case(
        "enhanced", "round the clock", BERLIN, "page", "2026-12-25T10:00+01:00", "2026-12-25T14:00+01:00", "2026-12-25"
    ),
    Case("critical", "round the clock", BERLIN, "page", "2026-12-31T23:30+01:00", "2027-01-01T00:30+01:00"),
    # The zone of the office counts, not the one of the asker.
    Case("enhanced", "office", NEW_YORK, "page", "2026-11-23T16:00-05:00", "2026-11-24T12:00-05:00"),
    Case("enhanced", "office", NEW_YORK, "mail", "2026-11-23T09:00+01:00", "2026-11-23T14:00-05:00"),
    Case("enhanced", "office", "Asia/Kolkata", "page", "2026-11-23T16:45+05:30", "2026-11-24T13:45+05:30"),
    Case("enhanced", "office", "Asia/Kathmandu", "mail", "2026-11-23T09:10+05:45", "2026-11-23T14:10+05:45"),
    # Clocks go forward and back: between two days of work, in a night of work, at midnight.
    Case("enhanced", "office", NEW_YORK, "page", "2027-03-12T16:00-05:00", "2027-03-15T12:00-04:00"),
    Case(
        "enhanced",
        "office",
        "Australia/Sydney",
        "mail",
        "2026-10-02T16:00+10:00",
        "2026-10-06T12:00+11:00",
        "2026-10-05",
    ),
    Case("enhanced", "round the clock", BERLIN, "page", "2027-03-28T00:30+01:00", "2027-03-28T05:30+02:00"),
    Case("enhanced", "round the clock", BERLIN, "ticket", "2026-10-25T00:30+02:00", "2026-10-25T03:30+01:00"),
    Case("enhanced", "round the clock", "Australia/Sydney", "mail", "2027-04-04T00:30+11:00", "2027-04-04T03:30+10:00"),
    Case("enhanced", "nights", BERLIN, "page", "2027-03-27T22:00+01:00", "2027-03-28T03:00+02:00"),
    Case("enhanced", "nights", BERLIN, "mail", "2027-03-27T23:00+01:00", "2027-03-28T04:00+02:00"),
    Case("enhanced", "nights", BERLIN, "page", "2026-10-24T23:00+02:00", "2026-10-25T02:00+01:00"),
    Case("basic", "nights", BERLIN, "ticket", "2026-10-25T00:00+02:00", "2026-10-25T23:00+01:00"),
    Case("enhanced", "whole days", "America/Havana", "page", "2027-03-13T22:00-05:00", "2027-03-14T03:00-04:00"),
)
