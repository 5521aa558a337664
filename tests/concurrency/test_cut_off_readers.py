"""Many readers on real sockets, cut off at random; the server dies and comes back; each shows every change once."""

import asyncio
import random
from dataclasses import dataclass, field

import pytest
from asgiref.sync import sync_to_async
from django.db import connections

from community.threads.models import Thread
from tests import make
from tests.concurrency.readers import GONE, Reader, fresh
from tests.concurrency.sizes import LONG
from tests.server import PATIENCE, Answer, Sender

pytestmark = pytest.mark.django_db(transaction=True)

READERS = 50 if LONG else 20
WRITERS = 3
CHANGES = 1_000 if LONG else 200
# Seconds that a reader is away after a cut.
AWAY = (0.1, 120) if LONG else (0.01, 0.3)


@dataclass
class Writer:
    """Replies, edits and deletes by forms; what the server's death left unanswered is sent again."""

    sender: Sender
    thread: Thread
    name: str
    dice: random.Random
    mine: dict[str, int] = field(default_factory=dict)
    changes: int = 0

    async def write(self, changes: int) -> None:
        for n in range(changes):
            what = self.dice.choice(["reply", "reply", "edit", "delete"]) if self.mine else "reply"
            if what == "reply":
                token = f"{self.name}-{n}"
                words = f"**Reply** {n} by {self.name}."
                answer = await self.send(f"/threads/{self.thread.pk}/reply/", body=words, token=token)
                self.mine[answer.location.rpartition("#post-")[2]] = 0
            elif what == "edit":
                post = self.dice.choice(list(self.mine))
                revision = str(self.mine[post])
                self.mine[post] += 1
                await self.send(f"/posts/{post}/edit/", body=f"Edit {n} by {self.name}.", seen_revision=revision)
            else:
                post = self.dice.choice(list(self.mine))
                del self.mine[post]
                await self.send(f"/posts/{post}/delete/", because="Not needed")
            self.changes += 1

    async def send(self, path: str, **fields: str) -> Answer:
        # A change that was made before its answer got lost is out of step, or gone, when it is sent again.
        expected = {302}
        while True:
            try:
                answer = await asyncio.to_thread(self.sender.post, path, **fields)
            except GONE:
                expected = {302, 403, 404, 409}
                await asyncio.sleep(0.1)
                continue
            assert answer.status in expected, answer.text
            return answer


async def test_every_reader_shows_every_change_once_and_in_order(server, tally, dice):
    thread = await sync_to_async(make.thread)()
    posts = await sync_to_async(fresh)(thread)
    people = [await sync_to_async(make.member)() for _ in range(WRITERS)]
    senders = [await sync_to_async(Sender.of)(server, by) for by in people]
    await sync_to_async(connections.close_all)()
    await asyncio.to_thread(server.start)
    throw = lambda: random.Random(dice.random())  # noqa: E731 - dice of one's own, so that nobody waits for others
    writers = [Writer(sender, thread, by.handle, throw()) for sender, by in zip(senders, people, strict=True)]
    readers = [Reader(server, thread.pk, thread.seq, dict(posts), throw(), away=AWAY) for _ in range(READERS)]
    done = asyncio.Event()

    async def die_once() -> None:
        while sum(writer.changes for writer in writers) < CHANGES // 2:
            await asyncio.sleep(0.01)
        await asyncio.to_thread(server.kill)
        await asyncio.to_thread(server.start)

    reading = [asyncio.create_task(reader.read(done)) for reader in readers]
    await asyncio.gather(die_once(), *(writer.write(CHANGES // WRITERS + 1) for writer in writers))
    done.set()
    async with asyncio.timeout(AWAY[1] + PATIENCE):
        await asyncio.gather(*reading)

    await sync_to_async(thread.refresh_from_db)()
    shown = await sync_to_async(fresh)(thread)
    assert thread.seq >= CHANGES
    for reader in readers:
        assert reader.applied == list(range(2, thread.seq + 1))
        assert reader.posts == shown
    assert sum(reader.pushed for reader in readers)
    await asyncio.to_thread(server.stop)
    assert "Traceback" not in server.log, server.log
    pushed = sum(reader.pushed for reader in readers)
    fetched = READERS * (thread.seq - 1) - pushed
    cuts = sum(reader.cuts for reader in readers)
    more = f"{thread.seq - 1} changes to {READERS} readers: {pushed} pushed, {fetched} fetched"
    tally("F11", kills=1, cuts=cuts, writers=WRITERS, lost=0, doubled=0, more=more)
