"""Thousands of open sockets: how soon all have a reply, what they weigh, and what they cost who asks for a page."""

import asyncio
import secrets
import time
from collections.abc import Callable, Iterator

from . import browsing
from .load import ask, run
from .rows import Goal, Row
from .serving import Forum

# Opened side by side.
AT_ONCE = 100
ROUNDS = 8
PATIENCE = 60
# By the number of readers: milliseconds, MiB.
FAN_OUT_GOALS = {2_000: 200.0, 10_000: 800.0}
MEMORY_GOALS = {10_000: 400.0}
MASKED_WITH_NOTHING = bytes(4)
TEXT, PING, PONG = 1, 9, 10


class Socket(asyncio.Protocol):
    """A browser's socket that looks for a word in what it is told."""

    word = b""
    arrived: list[float]

    def __init__(self, hello: bytes, stream: str) -> None:
        self.hello = hello
        self.subscribe = f'{{"do":"subscribe","stream":"{stream}"}}'.encode()
        self.taken = bytearray()
        self.is_open = False
        self.subscribed = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        transport.write(self.hello)

    def data_received(self, data: bytes) -> None:
        now = time.perf_counter()
        self.taken += data
        if not self.is_open:
            head, end, rest = self.taken.partition(b"\r\n\r\n")
            if not end:
                return
            if b" 101 " not in head:
                self.subscribed.set_exception(ConnectionError(head.decode("latin-1")))
                return
            self.is_open, self.taken = True, rest
            self.say(self.subscribe)
        while frame := self.frame():
            kind, content = frame
            if kind == PING:
                self.send(PONG, content)
            elif self.word and self.word in content:
                self.arrived.append(now)
            elif b'"subscribed"' in content and not self.subscribed.done():
                self.subscribed.set_result(None)

    def frame(self) -> tuple[int, bytes] | None:
        """The next whole frame, taken off; nothing if it is not all there."""
        taken = self.taken
        if len(taken) < 2:
            return None
        more = {126: 2, 127: 8}.get(taken[1], 0)
        length = int.from_bytes(taken[2 : 2 + more]) if more else taken[1]
        end = 2 + more + length
        if len(taken) < end:
            return None
        found = taken[0] & 15, bytes(taken[2 + more : end])
        del taken[:end]
        return found

    def say(self, content: bytes) -> None:
        self.send(TEXT, content)

    def send(self, kind: int, content: bytes) -> None:
        length = len(content)
        told = bytes([0x80 | length]) if length < 126 else bytes([0x80 | 126]) + length.to_bytes(2)
        self.transport.write(bytes([0x80 | kind]) + told + MASKED_WITH_NOTHING + content)

    def connection_lost(self, trouble: Exception | None) -> None:
        if not self.subscribed.done():
            self.subscribed.set_exception(ConnectionError("closed at once"))


async def open_sockets(url: str, stream: str, count: int) -> list[Socket]:
    host, port = browsing.address_of(url)
    hello = (
        f"GET /live/ HTTP/1.1\r\nHost: {host}:{port}\r\nOrigin: {url}\r\nUpgrade: websocket\r\n"
        "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
    ).encode()
    room = asyncio.Semaphore(AT_ONCE)

    async def one() -> Socket:
        async with room:
            loop = asyncio.get_running_loop()
            _, socket = await loop.create_connection(lambda: Socket(hello, stream), host, port)
            await socket.subscribed
            return socket

    return await asyncio.gather(*(one() for _ in range(count)))


async def fan_out(forum: Forum, sockets: list[Socket], rounds: int) -> Row:
    """From the POST of a reply to its receipt, over all readers and rounds."""
    path = f"/threads/{forum.filled['long_id']}/reply/"
    writing = browsing.replies(forum.url, path, cookie=forum.cookie("reader"))
    reader, writer = await asyncio.open_connection(*browsing.address_of(forum.url))
    took: list[float] = []
    cpu = forum.cpu
    for number in range(rounds):
        Socket.word, Socket.arrived = f"{number}{secrets.randbelow(10**9):09}. Released".encode(), []
        request = writing(0).replace(b"body=0.+Released", b"body=" + Socket.word.replace(b" ", b"+"))
        length = request.index(b"Content-Length: ") + 16
        head, body = request[:length], request[request.index(b"\r\n\r\n") :]
        began = time.perf_counter()
        status, _size = await ask(reader, writer, head + str(len(body) - 4).encode() + body)
        assert status == 302, status
        async with asyncio.timeout(PATIENCE):
            while len(Socket.arrived) < len(sockets):
                await asyncio.sleep(0.002)
        took += [1000 * (at - began) for at in Socket.arrived]
    writer.close()
    took.sort()
    bound = FAN_OUT_GOALS.get(len(sockets))
    return Row(
        "live: a reply to all readers",
        len(sockets),
        rate=len(took) / (sum(took) / 1000) if took else 0,
        p50=took[len(took) // 2],
        p99=took[len(took) * 99 // 100],
        cpu=1000 * (forum.cpu - cpu) / rounds,
        goal=Goal("p99", bound) if bound else None,
    )


async def pages_beside(forum: Forum, sockets: list[Socket], seconds: float, idle: float | None) -> Row:
    """What a page takes while so many sockets are open: at most twice as long, for nineteen of twenty."""
    request = browsing.page(forum.url, "/threads/", cookie="measured=inside")
    found = await run(browsing.address_of(forum.url), forum.pids, request, 1, seconds)
    return Row(
        "list made anew beside open sockets (p95 for p99)",
        len(sockets),
        found.rate,
        found.percentile(50),
        found.percentile(95),
        found.cpu_each,
        found.size,
        memory=forum.memory,
        goal=Goal("p99", 2 * idle) if idle else None,
    )


async def weighed(forum: Forum, counts: list[int], seconds: float, said: Callable[[str], None]) -> list[Row]:
    alone = await pages_beside(forum, [], seconds, None)
    rows, sockets = [alone], []
    stream = f"thread:{forum.filled['long_id']}"
    for count in counts:
        said(f"{count} readers")
        sockets += await open_sockets(forum.url, stream, count - len(sockets))
        rows.append(await fan_out(forum, sockets, ROUNDS))
        beside = await pages_beside(forum, sockets, seconds, alone.p99)
        rows.append(beside)
        grown = (beside.memory or 0) - (alone.memory or 0)
        weight = Goal("memory", MEMORY_GOALS[count]) if count in MEMORY_GOALS else None
        rows.append(Row("memory of so many sockets", count, 0, 0, 0, memory=grown, goal=weight))
    for socket in sockets:
        socket.transport.abort()
    return rows


def live_rows(forum: Forum, counts: list[int], seconds: float, said: Callable[[str], None]) -> Iterator[Row]:
    yield from asyncio.run(weighed(forum, counts, seconds, said))
