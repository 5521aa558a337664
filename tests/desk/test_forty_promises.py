"""The forty cases once more, from the question as it came in to what the thread says is due."""

from datetime import time

import pytest

from community import clock
from community.desk.models import Calendar, Holiday, OfficeBlock, Target
from community.requests.actions import open_request
from community.threads.actions import ask_question
from community.threads.models import Thread
from tests import make
from tests.desk.forty_cases import CASES, PLANS, Case
from tests.organisations.conftest import fenwick, founded

__all__ = ["fenwick", "founded"]

pytestmark = pytest.mark.django_db


def entered(case: Case) -> Calendar:
    week = case.calendar.week
    calendar = Calendar.objects.create(name=case.hours, zone=case.zone, is_round_the_clock=week is None)
    OfficeBlock.objects.bulk_create(
        OfficeBlock(calendar=calendar, weekday=weekday, begins=block.begins, ends=block.ends)
        for weekday, blocks in enumerate(week or ())
        for block in blocks
    )
    Holiday.objects.bulk_create(Holiday(calendar=calendar, day=day) for day in case.days_off)
    return calendar


@pytest.fixture
def asks(visiting_as, customer, agent, fenwick):
    """Asks as each channel does: on the page, by mail through the action, from a ticket in the customer's name."""

    def ask(case: Case) -> None:
        space, said = make.space(), {"title": "No keys after a rebuild", "body": "It says no."}
        severity = "critical" if case.plan == "critical" else "medium"
        form = {**said, "space": space.pk, "severity": severity, "contact": "written", "token": "one"}
        organisation = fenwick.organisation
        if case.channel == "page":
            at = "/ask/" if case.plan == "community" else f"/organisations/{organisation.slug}/requests/new/"
            assert visiting_as(fenwick.caller).post(at, form).status_code == 302
        elif case.plan == "community":
            ask_question(by=customer, space=space, **said)
        else:
            by = agent if case.channel == "ticket" else fenwick.caller
            open_request(by=by, organisation=organisation, space=space, severity=severity, **said)

    return ask


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_thread_says_to_the_minute_when_its_answer_is_due(case, asks, fenwick):
    calendar = entered(case)
    for plan, severity, promised in (
        (None, "", "community"),
        (fenwick.organisation.plan, "", "basic" if case.plan == "basic" else "enhanced"),
        (fenwick.organisation.plan, "critical", "critical"),
    ):
        Target.objects.create(plan=plan, severity=severity, kind="response", minutes=PLANS[promised], calendar=calendar)
    clock.set_to(case.asked_at)

    asks(case)

    thread = Thread.objects.get()
    assert (thread.due_for, thread.due_at) == ("response", case.due_at)


def test_blocks_that_overlap_in_the_database_are_one():
    calendar = Calendar.objects.create(name="Two at once", zone="UTC")
    for begins, ends in ((9, 12), (11, 14), (14, 15), (22, 0)):
        OfficeBlock.objects.create(calendar=calendar, weekday=0, begins=time(begins), ends=time(ends))

    monday = calendar.hours.week[0]
    assert [(block.begins.hour, block.ends.hour) for block in monday] == [(9, 15), (22, 0)]
