"""Many agents take the same call at once, and somebody asks for a person in many tabs: one has it, it is one call."""

from datetime import date, time
from functools import partial

import pytest

from community import clock
from community.desk.actions import add_shift, call_in, leave_line, take_call
from community.desk.models import Calendar, Call, LiveTarget
from community.people.models import Role
from community.policy import Refusal
from community.requests.actions import open_request
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)


def tried(act, **what) -> str:
    try:
        act(**what)
    except Refusal as refusal:
        return str(refusal.reason)
    return "done"


@pytest.fixture
def desk():
    """A caller of an organisation with a live desk and somebody on shift; gives threads to wait in."""
    organisation, caller = make.organisation("Fenwick"), make.member("marit")
    make.seat(organisation, caller)
    always = Calendar.objects.create(name="Always", is_round_the_clock=True)
    LiveTarget.objects.create(plan=organisation.plan, seconds=90, calendar=always)
    keeper, agent = make.member("keeper-of-all", role=Role.ADMINISTRATOR), make.member("agnes", role=Role.AGENT)
    today: date = clock.now().date()
    add_shift(by=keeper, member=agent, day=today, begins=time(), ends=time(), zone="UTC")
    asked = {"organisation": organisation, "space": make.space(), "body": "At night."}
    threads = [open_request(by=caller, title=f"Stops {n}", **asked).thread for n in range(4)]
    return caller, threads


def test_of_many_who_take_a_call_one_has_it_and_the_others_are_told_who(at_once, desk):
    caller, threads = desk
    call = call_in(by=caller, thread=threads[0])
    agents = [make.member(role=Role.AGENT) for _ in range(5)]

    said = at_once([partial(tried, take_call, by=agent, call=call) for agent in agents])

    call.refresh_from_db()
    assert said.count("done") == 1
    assert call.taken_by == agents[said.index("done")]
    assert {each for each in said if each != "done"} == {f"{call.taken_by.called} has this call already."}


def test_a_press_in_many_tabs_is_one_call_and_words_that_cross_a_leaving_end_it_once(at_once, desk):
    caller, threads = desk

    said = at_once([partial(tried, call_in, by=caller, thread=thread) for thread in (*threads, threads[0])])

    call = Call.objects.get()
    assert said.count("done") >= 1
    assert {each for each in said if each != "done"} <= {
        "You wait in line already.",
        "You wait in line already. Leave it there before you ask here.",
    }
    agent = make.member(role=Role.AGENT)
    at_once([partial(tried, leave_line, by=caller, call=call), partial(make.reply, call.thread, by=agent)])
    call.refresh_from_db()
    call.thread.refresh_from_db()
    assert call.ending in ("left", "answered")
    assert call.thread.called_at is None
