"""What is promised, and a clock that stands where a test puts it."""

from collections.abc import Callable
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from community import clock
from community.desk.models import Calendar, Clock, Holiday, OfficeBlock, Target
from community.people.models import Member, Role
from community.threads.models import Thread
from tests import make

BERLIN = ZoneInfo("Europe/Berlin")
OFFICE = ((9, 12), (13, 17))


def on(day: int, at: str, *, month: int = 11) -> datetime:
    """In Berlin in 2026; 23 November is a Monday."""
    return datetime.combine(date(2026, month, day), time.fromisoformat(at), BERLIN)


@pytest.fixture
def keeper() -> Member:
    return make.member("keeper-of-all", role=Role.ADMINISTRATOR, is_staff=True, is_superuser=True)


@pytest.fixture
def lead() -> Member:
    return make.member("lea", role=Role.AGENT)


@pytest.fixture
def manager() -> Member:
    return make.member("mandana", role=Role.ADMINISTRATOR)


@pytest.fixture
def office(db) -> Calendar:
    """Monday to Friday, nine to twelve and one to five, in Berlin."""
    made = Calendar.objects.create(name="Office", zone="Europe/Berlin")
    OfficeBlock.objects.bulk_create(
        OfficeBlock(calendar=made, weekday=weekday, begins=time(begins), ends=time(ends))
        for weekday in range(5)
        for begins, ends in OFFICE
    )
    return made


@pytest.fixture
def promised(office) -> Calendar:
    """Everybody is promised a first response in four working hours and a solution in fourteen."""
    Target.objects.create(kind="response", minutes=4 * 60, calendar=office)
    Target.objects.create(kind="solution", minutes=14 * 60, calendar=office)
    return office


@pytest.fixture
def asked(promised, customer) -> Callable[..., Thread]:
    def ask(day: int = 23, at: str = "09:00", **details) -> Thread:
        clock.set_to(on(day, at))
        return make.thread(by=customer, **details)

    return ask


@pytest.fixture
def said() -> Callable:
    def say(thread: Thread, day: int, at: str, *, by: Member, kind: str = "information"):
        clock.set_to(on(day, at))
        return make.reply(thread, by=by, kind=kind)

    return say


def response(thread: Thread) -> Clock:
    return Clock.objects.get(thread=thread, kind="response")


def solution(thread: Thread) -> Clock:
    return Clock.objects.get(thread=thread, kind="solution")


def add_holiday(calendar: Calendar, day: int, *, month: int = 11) -> Holiday:
    return Holiday.objects.create(calendar=calendar, day=date(2026, month, day), name="Day off")
