"""Office hours, holidays and targets as administrators enter them."""

from datetime import date

import pytest

from community import clock
from community.desk.actions import change_calendar
from community.desk.models import Breach, Calendar, Clock, Target
from community.desk.tasks import look_at_due_clocks, move_clocks_of
from community.organisations.models import Plan
from community.policy import NotAllowed
from tests import make
from tests.desk.conftest import add_holiday, on, response, solution

pytestmark = pytest.mark.django_db

FORM = {
    "name": "Office",
    "zone": "Europe/Berlin",
    "blocks-TOTAL_FORMS": "2",
    "blocks-INITIAL_FORMS": "0",
    "blocks-0-weekday": "0",
    "blocks-0-begins": "09:00",
    "blocks-0-ends": "12:00",
    "blocks-1-weekday": "0",
    "blocks-1-begins": "13:00",
    "blocks-1-ends": "17:00",
    "holidays-TOTAL_FORMS": "1",
    "holidays-INITIAL_FORMS": "0",
    "holidays-0-day": "2026-12-25",
    "holidays-0-name": "Christmas",
}


def test_a_holiday_in_the_middle_moves_what_runs(asked, office, keeper):
    thread = asked(23, "16:20")
    assert response(thread).due_at == on(24, "13:20")

    add_holiday(office, 24)
    change_calendar(by=keeper, calendar=office)
    move_clocks_of.func(office.pk)

    assert response(thread).due_at == on(25, "13:20")
    thread.refresh_from_db()
    assert (thread.due_for, thread.due_at) == ("response", on(25, "13:20"))


def test_a_holiday_brings_no_clock_back_that_was_late(asked, office, keeper):
    thread = asked()
    clock.set_to(on(23, "14:30"))
    look_at_due_clocks.func()

    add_holiday(office, 23)
    change_calendar(by=keeper, calendar=office)
    move_clocks_of.func(office.pk)

    assert response(thread).breached_at == Breach.objects.get().due_at == on(23, "14:00")


def test_a_holiday_leaves_what_has_ended(asked, said, office, keeper, agent):
    thread = asked()
    said(thread, 23, "10:00", by=agent, kind="solution")
    before = list(Clock.objects.values())

    add_holiday(office, 23)
    change_calendar(by=keeper, calendar=office)
    move_clocks_of.func(office.pk)

    assert list(Clock.objects.values()) == before
    assert solution(thread).stopped_at == on(23, "10:00")


def test_only_administrators_change_hours(office, agent):
    before = office.edition

    with pytest.raises(NotAllowed, match="administrators"):
        change_calendar(by=agent, calendar=office)

    assert Calendar.objects.get().edition == before


def test_a_calendar_is_entered_in_one_form(keeper, visiting_as):
    page = visiting_as(keeper).post("/admin/desk/calendar/add/", FORM)

    assert page.status_code == 302, page.context["errors"]
    hours = Calendar.objects.get().hours
    assert hours.due_at(on(23, "11:00"), on(23, "12:00") - on(23, "10:00")) == on(23, "14:00")
    assert hours.holidays == {date(2026, 12, 25)}


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"zone": "Europe/Bonn"}, "There is no such time zone."),
        ({"blocks-1-begins": "11:00"}, "Two blocks of the same day overlap."),
        ({"blocks-0-ends": "08:00"}, "A block ends after it begins, on the same day."),
        ({"blocks-0-ends": "00:00"}, "Two blocks of the same day overlap."),
        ({"blocks-TOTAL_FORMS": "0"}, "Enter office hours, or choose round the clock."),
        ({"holidays-0-day": "2026-02-30"}, "Enter a valid date."),
    ],
)
def test_hours_that_cannot_be_are_said_to_be_wrong(keeper, visiting_as, wrong, words):
    page = visiting_as(keeper).post("/admin/desk/calendar/add/", FORM | wrong)

    assert page.status_code == 200
    assert words in page.text
    assert not Calendar.objects.exists()


def test_round_the_clock_needs_no_blocks(keeper, visiting_as):
    round_the_clock = FORM | {"is_round_the_clock": "on", "blocks-TOTAL_FORMS": "0"}

    assert visiting_as(keeper).post("/admin/desk/calendar/add/", round_the_clock).status_code == 302
    assert Calendar.objects.get().hours.week is None


def test_what_everybody_is_promised_is_said_once_for_each_severity(promised, keeper, visiting_as):
    again = {"kind": "response", "minutes": "60", "calendar": promised.pk, "plan": "", "severity": ""}

    page = visiting_as(keeper).post("/admin/desk/target/add/", again)

    assert page.status_code == 200
    assert Target.objects.count() == 2


def test_a_plan_promises_nothing_to_those_who_have_none(promised, customer):
    plan = Plan.objects.create(name="Enhanced", caller_seats=10)
    Target.objects.create(plan=plan, kind="response", minutes=60, calendar=promised)
    clock.set_to(on(23, "09:00"))

    assert response(make.thread(by=customer)).due_at == on(23, "14:00")
