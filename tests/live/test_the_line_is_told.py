"""Whoever waits for a person and whoever takes calls hear at once that the line is another; nobody else does."""

from datetime import time

import pytest
from asgiref.sync import sync_to_async

from community import clock
from community.desk.actions import add_shift, call_in, take_call
from community.desk.models import Calendar, LiveTarget
from community.people.models import Role
from community.requests.actions import open_request
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)


def build():
    organisation, caller, behind = make.organisation("Fenwick"), make.member("marit"), make.member("sten")
    agent, keeper = make.member("agnes", role=Role.AGENT), make.member("keeper-of-all", role=Role.ADMINISTRATOR)
    always = Calendar.objects.create(name="Always", is_round_the_clock=True)
    LiveTarget.objects.create(plan=organisation.plan, calendar=always)
    add_shift(by=keeper, member=agent, day=clock.now().date(), begins=time(), ends=time(), zone="UTC")
    threads = []
    for member in (caller, behind):
        make.seat(organisation, member)
        asked = {"organisation": organisation, "space": make.space(), "title": "Stops", "body": "At night."}
        threads.append(open_request(by=member, **asked).thread)
    call_in(by=behind, thread=threads[1])
    return caller, behind, agent, threads[0]


async def test_a_press_is_heard_by_those_who_answer_and_by_those_in_line(visiting):
    caller, behind, agent, thread = await sync_to_async(build)()
    moderator = await sync_to_async(make.member)(role=Role.MODERATOR)
    async with visiting(agent) as at_desk, visiting(behind) as in_line, visiting(moderator) as outside:
        await at_desk.listen("list:line")
        await in_line.listen(f"member:{behind.pk}")
        await outside.say("subscribe", stream="list:line")
        assert (await outside.next())["kind"] == "refused"

        call = await sync_to_async(call_in)(by=caller, thread=thread)
        assert (await at_desk.next())["kind"] == (await in_line.next())["kind"] == "hint"

        await sync_to_async(take_call)(by=agent, call=call)
        assert (await at_desk.next())["stream"] == "list:line"
        assert (await in_line.next())["stream"] == f"member:{behind.pk}"
