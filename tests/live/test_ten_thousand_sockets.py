"""Very many open pages on one server: all stay open, all are told, and who asks for a page hardly notices.

Ten thousand by `make faults` (yardsticks F21), some hundreds otherwise.
"""

import asyncio
import time
from statistics import quantiles

import pytest
from asgiref.sync import sync_to_async

from tests import make
from tests.bench.load import memory_of
from tests.bench.readers import Socket, open_sockets
from tests.concurrency.sizes import LONG, crowded
from tests.server import PATIENCE, Sender

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.heavy]

SOCKETS = 10_000 if LONG else 300
ASKED = 100 if LONG else 5
# KiB that one weighs, MiB of the whole server, seconds until all are told.
EACH, WHOLE, TOLD_WITHIN = 100, 1024, 5


def p95_of_pages(sender: Sender) -> float:
    times = []
    for _ in range(ASKED):
        began = time.monotonic()
        assert sender.get("/threads/").status == 200
        times.append(time.monotonic() - began)
    return quantiles(times, n=20)[-1]


async def test_all_stay_open_and_are_told_and_pages_are_answered(server, tally):
    thread = await sync_to_async(make.thread)()
    sender = await sync_to_async(lambda: Sender.of(server, make.member()))()
    alone = [await asyncio.to_thread(p95_of_pages, sender) for _ in range(2)][-1]
    # Kept open it would be closed as idle while so many come.
    await asyncio.to_thread(sender.leave)
    before = memory_of([server.process.pid])

    sockets = await open_sockets(server.url, f"thread:{thread.pk}", SOCKETS)
    beside = await asyncio.to_thread(p95_of_pages, sender)
    whole = memory_of([server.process.pid])
    Socket.word, Socket.arrived = b"Heard by everybody", []
    others, began = crowded(), time.perf_counter()
    reply = {"body": "Heard by everybody.", "token": "once"}
    assert (await asyncio.to_thread(sender.post, f"/threads/{thread.pk}/reply/", **reply)).status == 302
    async with asyncio.timeout(PATIENCE):
        while len(Socket.arrived) < SOCKETS:
            await asyncio.sleep(0.01)
    told = max(Socket.arrived) - began

    assert len(Socket.arrived) == SOCKETS
    assert not any(socket.transport.is_closing() for socket in sockets)
    each = (whole - before) * 1024 / SOCKETS
    if LONG:
        assert beside <= 2 * alone * max(1, others)
        assert (each <= EACH, whole <= WHOLE) == (True, True)
        assert told <= TOLD_WITHIN * others
    for socket in sockets:
        socket.transport.abort()
    await asyncio.to_thread(sender.leave)
    p95 = f"p95 of a page {alone * 1000:.0f}, then {beside * 1000:.0f} ms"
    tally("F21", more=f"{SOCKETS} sockets, {each:.0f} KiB each, all told in {told:.2f} s; {p95}")
