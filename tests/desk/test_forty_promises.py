"""The forty cases once more, from the question as it came in to what the thread says is due."""

from datetime import time

import pytest

from community import clock
from community.desk.models import Calendar, Holiday, OfficeBlock, Target
from community.threads.actions import ask_question
from community.threads.models import Thread
from tests import make
from tests.desk.forty_cases import CASES, PLANS, Case

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


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_thread_says_to_the_minute_when_its_answer_is_due(case, customer, visiting_as):
    Target.objects.create(kind="response", minutes=PLANS[case.plan], calendar=entered(case))
    space = make.space()
    clock.set_to(case.asked_at)

    if case.channel == "page":
        asked = {"space": space.pk, "title": "No keys after a rebuild", "body": "It says no.", "token": "one"}
        assert visiting_as(customer).post("/ask/", asked).status_code == 302
    else:
        # What comes by mail or from a ticket system walks through the same door.
        ask_question(by=customer, space=space, title="No keys after a rebuild", body="It says no.")

    thread = Thread.objects.get()
    assert (thread.due_for, thread.due_at) == ("response", case.due_at)


def test_blocks_that_overlap_in_the_database_are_one():
    calendar = Calendar.objects.create(name="Two at once", zone="UTC")
    for begins, ends in ((9, 12), (11, 14), (14, 15), (22, 0)):
        OfficeBlock.objects.create(calendar=calendar, weekday=0, begins=time(begins), ends=time(ends))

    monday = calendar.hours.week[0]
    assert [(block.begins.hour, block.ends.hour) for block in monday] == [(9, 15), (22, 0)]
