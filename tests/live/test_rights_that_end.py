"""Whoever loses the right to listen hears nothing more: at once when an event says so, in seconds when none does."""

import time

import pytest
from asgiref.sync import sync_to_async

from community import clock
from community.live import consumers, hub, switchboard
from community.moderation.actions import sanction_member
from community.people.models import Role
from community.threads.models import Audience, Thread
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)

LATEST = 5.0


@pytest.fixture
def impatient(monkeypatch):
    """Seconds become hundredths."""
    monkeypatch.setattr(switchboard, "FRESH", 0.05)
    monkeypatch.setattr(switchboard, "SWEEP", 0.05)


def test_what_the_hub_promises_is_within_five_seconds():
    assert switchboard.FRESH < LATEST
    assert switchboard.SWEEP < LATEST


async def end_silently(thread, how: str, member) -> None:
    @sync_to_async
    def end():
        rows = Thread.objects.filter(pk=thread.pk)
        if how == "hidden":
            rows.update(hidden_at=clock.now(), hidden_because="spam")
        elif how == "deleted":
            rows.update(deleted_at=clock.now(), deleted_because="spam")
        elif how == "for the team":
            rows.update(audience=Audience.TEAM)
        elif how == "moved to a closed space":
            rows.update(space=make.space(team_only=True))
        elif how == "space closed":
            type(thread.space).objects.filter(pk=thread.space_id).update(readers="team")

    await end()


@pytest.mark.parametrize("how", ["hidden", "deleted", "for the team", "moved to a closed space", "space closed"])
async def test_a_thread_that_nobody_announced_as_closed_is_silent_before_the_next_frame(visiting, impatient, how):
    thread = await sync_to_async(make.thread)()
    stream = f"thread:{thread.pk}"
    member = await sync_to_async(make.member)()
    async with visiting() as visitor, visiting(member) as customer:
        for reader in (visitor, customer):
            assert (await reader.listen(stream))["kind"] == "subscribed"
        await end_silently(thread, how, member)
        time.sleep(0.06)

        hub.send(stream, '{"secret": true}', seq=2)

        for reader in (visitor, customer):
            assert await reader.next() == {"stream": stream, "seq": None, "kind": "refused"}
            assert await reader.hears_nothing()


async def test_leaving_a_space_ends_its_threads(visiting, impatient):
    member = await sync_to_async(make.member)()
    other = await sync_to_async(make.member)()
    space = await sync_to_async(make.space)(members=[member, other])
    thread = await sync_to_async(make.thread)(by=other, space=space)
    stream = f"thread:{thread.pk}"
    async with visiting(member) as gone, visiting(other) as stays:
        assert (await gone.listen(stream))["kind"] == "subscribed"
        assert (await stays.listen(stream))["kind"] == "subscribed"
        await sync_to_async(space.members.remove)(member)
        time.sleep(0.06)

        hub.send(stream, '{"kind": "for members"}', seq=2)

        assert (await gone.next())["kind"] == "refused"
        assert await gone.hears_nothing()
        assert (await stays.next())["kind"] == "for members"


async def test_an_announced_change_ends_the_stream_at_once(visiting):
    thread = await sync_to_async(make.thread)()
    stream = f"thread:{thread.pk}"
    async with visiting() as reader:
        await reader.listen(stream)
        await end_silently(thread, "hidden", None)

        hub.recheck(stream=stream)

        assert (await reader.next())["kind"] == "refused"


async def test_losing_a_role_ends_the_team_lane_at_once_and_leaves_the_rest(visiting):
    thread = await sync_to_async(make.thread)()
    agent = await sync_to_async(make.member)(role=Role.AGENT)
    async with visiting(agent) as reader:
        await reader.listen(f"thread:{thread.pk}")
        await reader.listen(f"thread:{thread.pk}:team")
        agent.role = Role.CUSTOMER
        await sync_to_async(agent.save)()

        hub.recheck(member=agent.pk)

        assert await reader.next() == {"stream": f"thread:{thread.pk}:team", "seq": None, "kind": "refused"}
        hub.send(f"thread:{thread.pk}:team", '{"secret": true}', seq=1)
        hub.send(f"thread:{thread.pk}", '{"kind": "for all"}', seq=2)
        assert (await reader.next())["kind"] == "for all"


@pytest.mark.parametrize("announced", [True, False])
@pytest.mark.parametrize("how", ["signed out", "deactivated", "suspended", "new password", "session deleted"])
async def test_a_sign_in_that_ended_closes_the_socket(visiting, impatient, how, announced):
    member = await sync_to_async(make.member)()
    async with visiting(member) as reader:
        await reader.listen("list:all")

        if how == "signed out":
            await sync_to_async(reader.browser.logout)()
        elif how == "deactivated":
            await sync_to_async(type(member).objects.filter(pk=member.pk).update)(is_active=False)
        elif how == "suspended":
            by = await sync_to_async(make.member)(role=Role.MODERATOR)
            await sync_to_async(sanction_member)(by=by, member=member, kind="suspension", because="Threats.")
        elif how == "new password":
            member.set_password("another one entirely")
            await sync_to_async(member.save)()
        elif how == "session deleted":
            await sync_to_async(reader.browser.session.delete)()
        if announced:
            hub.recheck(member=member.pk)

        assert await reader.closed_with() == switchboard.SIGNED_OUT


async def test_what_waits_for_a_slow_reader_is_taken_back(visiting, monkeypatch):
    thread = await sync_to_async(make.thread)()
    stream = f"thread:{thread.pk}"
    async with visiting() as reader:
        await reader.listen(stream)
        [socket] = hub.serving().sockets
        monkeypatch.setattr(type(socket.line), "backlog", lambda line: consumers.AHEAD_BYTES)
        hub.send(stream, '{"secret": true}', seq=2)
        assert await reader.hears_nothing()
        await end_silently(thread, "hidden", None)
        hub.recheck(stream=stream)
        assert await reader.hears_nothing()

        monkeypatch.setattr(type(socket.line), "backlog", lambda line: 0)

        assert (await reader.next())["kind"] == "refused"
        assert await reader.hears_nothing()
