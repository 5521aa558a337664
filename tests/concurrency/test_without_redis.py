"""Redis hangs, is gone, comes back empty, while people read, search, write and sign in: they notice nothing of it.

Collected where the tests have a Redis (conftest.py).
"""

import asyncio
import time
from collections.abc import Callable
from functools import partial
from statistics import mean

import pytest
from allauth.account.models import EmailAddress
from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import connections
from redis import Redis

from community.threads.models import Thread
from tests import make
from tests.concurrency.readers import Reader, fresh
from tests.concurrency.relay import Relay
from tests.server import PATIENCE, Answer, Sender, Server

pytestmark = pytest.mark.django_db(transaction=True)

READERS = 5
ROUNDS = 4
PASSWORD = "correct horse battery staple"
# Seconds that a page may take longer without Redis, on average (yardsticks F9).
ADDED = 0.25
# Neither test nor worker of the tests has this one.
DATABASE = 12


@pytest.fixture
def relay():
    line = Relay(f"{settings.REDIS_URL.rpartition('/')[0]}/{DATABASE}")
    yield line
    line.close()


def known(handle: str):
    member = make.member(handle, password=PASSWORD)
    EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
    return member


def sign_in(server: Server, handle: str, password: str = PASSWORD) -> Answer:
    visitor = Sender(server, "")
    try:
        return visitor.post("/accounts/login/", login=handle, password=password)
    finally:
        visitor.leave()


class Day:
    """What people do on it, each request timed; somebody else does it each time, so that nobody does it too often."""

    def __init__(self, server: Server, thread: Thread) -> None:
        self.server, self.thread = server, thread
        self.written = 0
        names = ("healthy", "hanging", "gone", "back", "emptied")
        self.senders = {name: Sender.of(server, known(f"writer-{name}")) for name in names}

    def goes_on(self, name: str) -> list[float]:
        times = []
        for n in range(ROUNDS):
            sender = self.senders[name]
            for path in (self.thread.get_absolute_url(), "/threads/", f"/search/?q={name}"):
                times.append(self.timed(partial(sender.get, path), 200))
            reply = {"body": f"While Redis was {name}, {n}.", "token": f"{name}-{n}"}
            times.append(self.timed(partial(sender.post, f"/threads/{self.thread.pk}/reply/", **reply), 302))
            self.written += 1
        times.append(self.timed(partial(sign_in, self.server, f"writer-{name}"), 302))
        sender.leave()
        return times

    def timed(self, asked: Callable[[], Answer], status: int) -> float:
        began = time.monotonic()
        answer = asked()
        assert answer.status == status, answer.text
        return time.monotonic() - began


async def test_people_and_open_pages_go_on_whatever_redis_does(transactional_db, queued, tmp_path, relay, tally, dice):
    await sync_to_async(Redis.from_url(relay.url).flushdb)()
    server = Server(tmp_path, REDIS_URL=relay.url, RATE_LIMITS="1")
    thread = await sync_to_async(make.thread)()
    posts = await sync_to_async(fresh)(thread)
    day = await sync_to_async(Day)(server, thread)
    await sync_to_async(known)("guessed")
    leaver = await sync_to_async(lambda: Sender.of(server, make.member()))()
    await sync_to_async(connections.close_all)()
    await asyncio.to_thread(server.start)
    never = 1e9
    readers = [Reader(server, thread.pk, thread.seq, dict(posts), dice, between_cuts=never) for _ in range(READERS)]
    reading = [asyncio.create_task(reader.read(asyncio.Event())) for reader in readers]

    async def caught_up() -> None:
        """Every open page shows everything that happened so far, without being loaded again."""
        await sync_to_async(thread.refresh_from_db)()
        async with asyncio.timeout(PATIENCE):
            while any(reader.seen < thread.seq for reader in readers):
                await asyncio.sleep(0.05)

    try:
        healthy = await asyncio.to_thread(day.goes_on, "healthy")
        await caught_up()
        assert (await asyncio.to_thread(leaver.get, "/inbox/")).status == 200
        relay.hang()
        hanging = await asyncio.to_thread(day.goes_on, "hanging")
        # Not a single frame came by Redis, and they know of everything.
        await caught_up()
        for _ in range(5):
            assert (await asyncio.to_thread(sign_in, server, "guessed", "wrong")).status == 200
        # The right one after five wrong ones: who guesses is counted without Redis too.
        assert (await asyncio.to_thread(sign_in, server, "guessed")).status == 200
        assert (await asyncio.to_thread(leaver.post, "/accounts/logout/")).status == 302
        relay.mend()
        relay.refuse()
        gone = await asyncio.to_thread(day.goes_on, "gone")
        relay.mend()
        await caught_up()
        # What Redis remembers of the session from before is not believed.
        assert (await asyncio.to_thread(leaver.get, "/inbox/")).status == 302
        back = await asyncio.to_thread(day.goes_on, "back")
        await caught_up()
        await sync_to_async(Redis.from_url(relay.url).flushdb)()
        emptied = await asyncio.to_thread(day.goes_on, "emptied")
        await caught_up()
    finally:
        for task in reading:
            task.cancel()
        await asyncio.to_thread(server.stop)

    shown = await sync_to_async(fresh)(thread)
    for reader in readers:
        assert reader.applied == list(range(2, day.written + 2))
        assert reader.posts == shown
        assert reader.cuts == 0
    for times in (hanging, gone, back, emptied):
        assert mean(times) - mean(healthy) <= ADDED
    # The library of the channel layer says aloud what it lost; no page broke.
    assert "django.request" not in server.log, server.log
    each = {"hanging": hanging, "gone": gone, "back": back, "emptied": emptied}
    added = ", ".join(f"{name} {(mean(times) - mean(healthy)) * 1000:+.0f}" for name, times in each.items())
    more = f"ms a request took longer while Redis was {added}"
    tally("F9", cuts=relay.cuts, writers=5, acknowledged=day.written, lost=0, doubled=0, more=more)
