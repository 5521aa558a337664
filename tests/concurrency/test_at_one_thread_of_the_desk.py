"""Many agents claim or take the same thread at once: one has it, and the others are told who."""

from functools import partial

import pytest

from community.desk.actions import claim_thread, take_thread
from community.desk.models import Handling
from community.people.models import Role
from community.policy import OutOfStep
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)


def tried(act, **what) -> str:
    try:
        act(**what)
    except OutOfStep as told:
        return str(told.reason)
    return "done"


def test_of_many_who_claim_it_one_writes_and_the_others_are_told_who(at_once):
    thread, agents = make.thread(), [make.member(role=Role.AGENT) for _ in range(6)]

    said = at_once([partial(tried, claim_thread, by=agent, thread=thread) for agent in agents])

    writing = Handling.objects.get(thread=thread).claimed_by
    assert said.count("done") == 1
    assert writing == agents[said.index("done")]
    assert {words for words in said if words != "done"} == {
        f"{writing.called} is writing an answer and has it for 10 more minutes."
    }


def test_of_many_who_take_it_one_has_it_in_hand_and_is_named_to_all(at_once):
    thread, agents = make.thread(), [make.member(role=Role.AGENT) for _ in range(6)]

    held = at_once([partial(take_thread, by=agent, thread=thread) for agent in agents])

    handling = Handling.objects.get(thread=thread)
    assert [row.assigned_to for row in held] == agents
    assert handling.assigned_to in agents
    assert handling.assigned_by == handling.assigned_to
