"""What is promised, and a clock that stands where a test puts it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from community import clock
from community.desk.actions import add_shift
from community.desk.models import Calendar, Clock, Holiday, LiveTarget, OfficeBlock, Shift, Target
from community.organisations.models import Organisation
from community.people.models import Member, Role
from community.requests.actions import open_request
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
        return make.reply(thread, by=by, kind=kind, because="cause" if kind == "acknowledgement" else "")

    return say


def response(thread: Thread) -> Clock:
    return Clock.objects.get(thread=thread, kind="response")


def solution(thread: Thread) -> Clock:
    return Clock.objects.get(thread=thread, kind="solution")


def add_holiday(calendar: Calendar, day: int, *, month: int = 11) -> Holiday:
    return Holiday.objects.create(calendar=calendar, day=date(2026, month, day), name="Day off")


@dataclass(frozen=True)
class LiveDesk:
    """A plan with a live desk round the clock, its organisation and one of each of its people."""

    organisation: Organisation
    caller: Member
    colleague: Member
    reader: Member
    target: LiveTarget


@pytest.fixture
def live(db) -> LiveDesk:
    organisation = make.organisation("Fenwick Freight", callers=10)
    always = Calendar.objects.create(name="Always", zone="Europe/Berlin", is_round_the_clock=True)
    target = LiveTarget.objects.create(plan=organisation.plan, seconds=90, calendar=always)
    caller, colleague, reader = make.member("marit"), make.member("sten"), make.member("jonas")
    for member, kind in ((caller, "caller"), (colleague, "caller"), (reader, "reader")):
        make.seat(organisation, member, kind=kind)
    return LiveDesk(organisation, caller, colleague, reader, target)


@pytest.fixture
def shift(keeper) -> Callable[..., Shift]:
    """Puts somebody into the rota; all of 23 November 2026, where nothing else is said."""

    def put(member: Member, day: int = 23, begins: str = "00:00", ends: str = "00:00", **details) -> Shift:
        day_of = date(2026, details.pop("month", 11), day)
        hours = {"begins": time.fromisoformat(begins), "ends": time.fromisoformat(ends)}
        return add_shift(by=keeper, member=member, day=day_of, zone="Europe/Berlin", **hours | details)

    return put


@pytest.fixture
def requested(live) -> Callable[..., Thread]:
    """The thread of a service request of the organisation with the live desk."""

    def ask(by: Member | None = None, title: str = "The night run stops") -> Thread:
        asked = {"organisation": live.organisation, "space": make.space(), "title": title, "body": "At half past two."}
        return open_request(by=by or live.caller, **asked).thread

    return ask
