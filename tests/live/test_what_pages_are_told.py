"""A real change, committed, reaches a real socket: the right one, and only that."""

import pytest
from asgiref.sync import sync_to_async

from community.moderation import actions as moderating
from community.people.actions import deactivate, erase, set_role
from community.people.models import Role
from community.threads import actions
from community.threads.models import Audience, Kind
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)


async def test_a_reply_arrives_as_the_html_of_the_page(visiting, client):
    thread = await sync_to_async(make.thread)()
    author = await sync_to_async(make.member)("tallow")
    async with visiting() as reader:
        await reader.listen(f"thread:{thread.pk}", since=1)

        post = await sync_to_async(make.reply)(thread, by=author, body="Try **that**.")
        frame = await reader.next()

    assert frame["stream"] == f"thread:{thread.pk}"
    assert (frame["seq"], frame["kind"], frame["post"], frame["number"]) == (2, "replied", post.pk, 2)
    assert (frame["by"], frame["official"], frame["place"]) == ("tallow", False, "append")
    assert frame["url"].endswith(f"#{post.anchor}")
    assert "<strong>that</strong>" in frame["html"]
    assert set(frame["regions"]) == {"state", "turn", "people"}
    page = await sync_to_async(client.get)(thread.get_absolute_url())
    assert " ".join(frame["html"].split()) in " ".join(page.text.split())


async def test_who_speaks_for_the_first_time_joins_the_people_and_who_is_removed_leaves_them(visiting):
    asker, author = await sync_to_async(make.member)("marit"), await sync_to_async(make.member)("tallow")
    moderator = await sync_to_async(make.member)(role=Role.MODERATOR)
    thread = await sync_to_async(make.thread)(by=asker)

    def speak():
        return [make.reply(thread, by=author), make.reply(thread, by=author), make.reply(thread, by=asker)]

    def remove(posts):
        for post in posts:
            moderating.hide_post(by=moderator, post=post, because="Spam")

    async with visiting() as reader:
        await reader.listen(f"thread:{thread.pk}", since=1)
        posts = await sync_to_async(speak)()
        await sync_to_async(remove)(posts[:2])
        told = [(await reader.next())["regions"].get("people", "") for _ in range(5)]

    assert ["/people/tallow/" in people for people in told] == [True, False, False, True, False]
    assert ["/people/marit/" in people for people in told] == [True, False, False, True, True]


async def test_every_change_to_a_thread_has_its_frame(visiting):
    moderator = await sync_to_async(make.member)(role=Role.MODERATOR)
    agent = await sync_to_async(make.member)(role=Role.AGENT)
    thread = await sync_to_async(make.thread)()
    other_space = await sync_to_async(make.space)()
    post = await sync_to_async(make.reply)(thread)

    def tend():
        actions.edit_post(by=moderator, post=post, body="Better words.", seen_revision=0)
        actions.accept_answer(by=agent, post=post)
        actions.unaccept_answer(by=agent, post=post)
        moderating.lock_thread(by=moderator, thread=thread, because="Heated")
        moderating.unlock_thread(by=moderator, thread=thread, because="Cool")
        moderating.pin_thread(by=moderator, thread=thread)
        moderating.move_thread(by=moderator, thread=thread, space=other_space, because="There")
        moderating.hide_post(by=moderator, post=post, because="Spam")
        moderating.close_thread(by=moderator, thread=thread, because="Done")

    async with visiting() as reader:
        await reader.listen(f"thread:{thread.pk}")
        await sync_to_async(tend)()

        frames = [await reader.next() for _ in range(9)]

    assert [frame["kind"] for frame in frames] == [
        "edited",
        "accepted",
        "unaccepted",
        "locked",
        "unlocked",
        "pinned",
        "moved",
        "hidden",
        "closed",
    ]
    assert [frame["seq"] for frame in frames] == list(range(3, 12))
    assert "Heated" in frames[3]["regions"]["notices"]
    assert "Better words" not in frames[7]["html"]


async def test_a_note_goes_to_the_team_and_leaves_no_trace_elsewhere(visiting):
    agent = await sync_to_async(make.member)(role=Role.AGENT)
    thread = await sync_to_async(make.thread)()
    async with visiting() as visitor, visiting(agent) as team:
        await visitor.listen(f"thread:{thread.pk}")
        await visitor.listen("list:all")
        await team.listen(f"thread:{thread.pk}")
        await team.listen(f"thread:{thread.pk}:team")

        await sync_to_async(make.reply)(thread, by=agent, body="Same cause as last week.", kind=Kind.NOTE)

        frame = await team.next()
        assert (frame["stream"], frame["seq"], frame["kind"]) == (f"thread:{thread.pk}:team", 1, "noted")
        assert await team.hears_nothing()
        assert await visitor.hears_nothing()


async def test_hiding_a_thread_ends_it_for_those_who_may_no_longer_read_it(visiting):
    moderator = await sync_to_async(make.member)(role=Role.MODERATOR)
    asker = await sync_to_async(make.member)()
    thread = await sync_to_async(make.thread)(by=asker)
    async with visiting() as visitor, visiting(asker) as author, visiting(moderator) as team:
        for reader in (visitor, author, team):
            await reader.listen(f"thread:{thread.pk}")

        await sync_to_async(moderating.hide_thread)(by=moderator, thread=thread, because="Personal data")

        assert (await visitor.next())["kind"] == "refused"
        for reader in (author, team):
            assert (await reader.next())["kind"] == "thread_hidden"
        assert await visitor.hears_nothing()


@pytest.mark.parametrize(
    ("made_with", "told"),
    [
        ({}, {"list:all", "space"}),
        ({"audience": Audience.NAMED}, set()),
        ({"audience": Audience.TEAM}, set()),
    ],
)
async def test_lists_are_told_only_of_threads_that_their_readers_may_read(visiting, made_with, told):
    agent = await sync_to_async(make.member)(role=Role.AGENT)
    thread = await sync_to_async(make.thread)(by=agent, **made_with)
    names = {"list:all": "list:all", "space": f"list:space-{thread.space_id}"}
    for called, stream in names.items():
        async with visiting() as reader:
            await reader.listen(stream)

            await sync_to_async(make.reply)(thread, by=agent)

            if called in told:
                assert await reader.next() == {"stream": stream, "seq": None, "kind": "hint", "thread": thread.pk}
            assert await reader.hears_nothing(0.1)


async def test_a_thread_of_a_closed_space_is_not_told_to_the_list_of_its_open_parent(visiting):
    parent = await sync_to_async(make.space)()
    child = await sync_to_async(make.space)(parent=parent, team_only=True)
    agent = await sync_to_async(make.member)(role=Role.AGENT)
    async with visiting() as visitor, visiting(agent) as team:
        await visitor.listen(f"list:space-{parent.pk}")
        await team.listen(f"list:space-{child.pk}")

        thread = await sync_to_async(make.thread)(by=agent, space=child)

        assert (await team.next())["thread"] == thread.pk
        assert await visitor.hears_nothing()


async def test_the_asker_is_told_that_somebody_answered(visiting):
    asker = await sync_to_async(make.member)()
    thread = await sync_to_async(make.thread)(by=asker)
    async with visiting(asker) as reader:
        await reader.listen(f"member:{asker.pk}")

        await sync_to_async(make.reply)(thread)
        hint = await reader.next()
        await sync_to_async(make.reply)(thread, by=asker)

        assert hint == {"stream": f"member:{asker.pk}", "seq": None, "kind": "hint", "thread": thread.pk}
        assert await reader.hears_nothing()


@pytest.mark.parametrize("how", ["deactivated", "erased", "other role"])
async def test_what_administrators_decide_about_a_member_reaches_their_sockets_at_once(visiting, how):
    administrator = await sync_to_async(make.member)(role=Role.ADMINISTRATOR)
    # Whoever is of the team hands over first, and is none of it when he is erased.
    member = await sync_to_async(make.member)(role=Role.CUSTOMER if how == "erased" else Role.AGENT)
    async with visiting(member) as reader:
        await reader.listen("list:all")

        if how == "deactivated":
            await sync_to_async(deactivate)(by=administrator, member=member, because="Left the company")
        elif how == "erased":
            await sync_to_async(erase)(by=administrator, member=member, because="Asked by letter")
        else:
            await sync_to_async(set_role)(by=administrator, member=member, role=Role.CUSTOMER)

        assert await reader.closed_with() == 4401


async def test_signing_out_closes_the_sockets_of_that_session_only(visiting):
    member = await sync_to_async(make.member)()
    async with visiting(member) as here, visiting(member) as there:
        await here.listen("list:all")
        await there.listen("list:all")

        await sync_to_async(here.browser.post)("/accounts/logout/")

        assert await here.closed_with() == 4401
        await there.say("ping")
        assert (await there.next())["kind"] == "pong"
