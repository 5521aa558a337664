"""Longer than was promised: those behind the desk are told once, and the caller reads that they were."""

from datetime import timedelta

import pytest

from community import clock
from community.desk.actions import call_in, take_call
from community.desk.models import Call, ChainLink
from community.desk.tasks import look_at_the_line
from community.inbox.models import Notice
from tests import make
from tests.desk.conftest import on

pytestmark = pytest.mark.django_db


@pytest.fixture
def call(live, requested, agent, lead, shift) -> Call:
    """A minute and a half after the press, to the second."""
    clock.set_to(on(23, "00:00"))
    shift(agent)
    ChainLink.objects.create(rank="lead", member=lead)
    clock.set_to(on(23, "10:00"))
    call = call_in(by=live.caller, thread=requested())
    clock.advance(timedelta(seconds=90))
    return call


def told() -> list[str]:
    return list(Notice.objects.unread().filter(kind="call_late").values_list("member__handle", flat=True))


def test_those_behind_the_desk_are_told_once_and_the_caller_reads_when(call, live, lead, visiting_as):
    clock.advance(timedelta(seconds=-1))
    look_at_the_line.call()
    assert told() == []
    clock.advance(timedelta(seconds=1))

    for _minute in range(3):
        look_at_the_line.call()
        clock.advance(timedelta(minutes=1))

    assert told() == [lead.handle]
    page = visiting_as(live.caller).get(call.thread.get_absolute_url()).text
    assert "We promised you a person sooner than this. Those who lead the desk were told at" in page
    assert call.thread.title in visiting_as(lead).get("/inbox/").text


def test_a_call_that_was_taken_is_late_all_the_same_until_somebody_says_a_word(call, agent):
    take_call(by=agent, call=call)

    look_at_the_line.call()
    assert len(told()) == 1

    make.reply(call.thread, by=agent)
    assert told() == []


def test_a_call_that_ended_in_time_is_told_to_nobody(call, agent):
    clock.advance(timedelta(seconds=-30))
    make.reply(call.thread, by=agent)
    clock.advance(timedelta(minutes=5))

    look_at_the_line.call()

    assert told() == []
