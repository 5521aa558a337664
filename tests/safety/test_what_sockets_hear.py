"""Everybody listens to everything they are let in to, while everywhere something is said."""

import json
from contextlib import AsyncExitStack, asynccontextmanager

import pytest
from asgiref.sync import sync_to_async
from django.test import Client

from community.live import consumers
from community.live.routing import websockets
from community.moderation.actions import flag_thing, move_thread
from community.threads.actions import edit_post, post_reply
from community.threads.gate import What
from community.threads.models import Thread
from tests.live.reading import PATIENCE, Reader, headers
from tests.safety import model
from tests.safety.world import COMMON, World, build, hold, word, words_in

pytestmark = pytest.mark.django_db(transaction=True)

PEOPLE = sorted(model.EVERYBODY - {"deactivated"})
# Deleted threads take nothing more.
STANDING = sorted({"open", "members", "teamspace", "named", "aside", "team", "moved", "hidden"})


@pytest.fixture(autouse=True)
def roomy(monkeypatch):
    monkeypatch.setattr(consumers, "STREAMS_PER_SOCKET", 100)
    monkeypatch.setattr(consumers, "MESSAGES_AT_ONCE", 100)


@asynccontextmanager
async def socket_of(world: World, who: str):
    browser, key = Client(), ""
    if member := world.people[who]:
        await sync_to_async(browser.force_login)(member)
        key = browser.session.session_key
    reader = Reader(websockets, "/live/", headers(key))
    assert (await reader.connect(timeout=PATIENCE))[0]
    try:
        yield reader
    finally:
        await reader.disconnect()


def streams(world: World) -> list[str]:
    threads = [f"thread:{row.pk}{lane}" for row in world.threads.values() for lane in ("", ":team")]
    spaces = [f"list:space-{space.pk}" for space in world.spaces.values()]
    members = [f"member:{member.pk}" for member in world.people.values() if member]
    return [*threads, *spaces, *members, "list:all", "list:flags", "list:line"]


def speak_everywhere(world: World) -> None:
    """Beside what is said, something waits for a moderator; of that nobody hears a word."""
    hold(world, "spoken", What.REPLY, by=world.people["author"])
    keeper, agent = world.people["administrator"], world.people["agent"]
    for thing in STANDING:
        thread = Thread.objects.get(pk=world.threads[thing].pk)
        said = post_reply(by=keeper, thread=thread, body=f"{COMMON} {word(thing, 'spoken')}")
        edit_post(by=keeper, post=said, body=f"{COMMON} {word(thing, 'respoken')}", seen_revision=0)
        post_reply(by=agent, thread=thread, body=f"{COMMON} {word(thing, 'whispered')}", kind="note")
        # What was hidden needs no flag any more.
        if thing != "hidden":
            flag_thing(by=agent, thing=said, why="other", words=word(thing, "flagged"))


def due_to(who: str) -> set[str]:
    words = model.words_of(model.readable(who) & set(STANDING), ("spoken", "respoken"))
    return words | model.words_of(STANDING, ("whispered",)) if who in model.TEAM else words


async def heard_by(reader: Reader, due: set[str]) -> tuple[set[str], list[dict]]:
    """What arrives until the words that are due have come and it is quiet: its words, and the frames."""
    words, frames = set(), []
    while not await reader.receive_nothing(timeout=0.3 if due <= words else PATIENCE):
        text = await reader.receive_from()
        words |= words_in(text)
        frames.append(json.loads(text))
    return words, frames


async def test_each_hears_what_the_model_says_and_nothing_beside_it():
    world = await sync_to_async(build)()
    heard, told = {}, {}
    async with AsyncExitStack() as doors:
        readers = {who: await doors.enter_async_context(socket_of(world, who)) for who in PEOPLE}
        for reader in readers.values():
            for stream in streams(world):
                await reader.listen(stream)

        await sync_to_async(speak_everywhere)(world)

        for who, reader in readers.items():
            heard[who], told[who] = await heard_by(reader, due_to(who))

    for who in PEOPLE:
        new = {found for found in heard[who] if found.endswith(("spoken", "whispered", "flagged"))}
        assert new == due_to(who), who
        assert heard[who] - new <= model.may_find(who, "page"), who
        # Hints name threads, so they too are for those who may know them.
        known = {row.pk for thing, row in world.threads.items() if thing in model.readable(who)}
        hinted = {frame["thread"] for frame in told[who] if frame["kind"] == "hint" and "thread" in frame}
        asked = {world.threads["moved"].pk} if who == "author" else set()
        assert hinted <= known | asked, who
        assert any(frame["stream"] == "list:flags" for frame in told[who]) is (who in model.CURATORS), who


async def test_what_is_moved_to_fewer_readers_is_heard_by_them_alone():
    world = await sync_to_async(build)()
    thread, moderator = world.threads["open"], world.people["moderator"]
    heard, said = {}, word("open", "after")
    async with AsyncExitStack() as doors:
        readers = {who: await doors.enter_async_context(socket_of(world, who)) for who in PEOPLE}
        for reader in readers.values():
            await reader.listen(f"thread:{thread.pk}")

        await sync_to_async(move_thread)(by=moderator, thread=thread, space=world.spaces["team"])
        await sync_to_async(post_reply)(by=moderator, thread=thread, body=f"{COMMON} {said}")

        for who, reader in readers.items():
            heard[who], _frames = await heard_by(reader, {said} if who in model.TEAM else set())

    secret = {said, word("teamspace", "space")}
    assert {who for who in PEOPLE if heard[who] & secret} == model.TEAM
