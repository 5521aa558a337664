"""How a frame leaves for one reader, and how much of what left has not been taken yet."""

import asyncio
import socket
from collections.abc import Awaitable, Callable
from functools import lru_cache
from typing import Any, Protocol

from autobahn.websocket.protocol import PreparedMessage, WebSocketProtocol

type Send = Callable[[dict[str, Any]], Awaitable[None]]


SYSTEM_BYTES = 128 * 1024


class Line(Protocol):
    def write(self, text: str) -> None:
        """Hand over a frame without waiting."""

    def backlog(self) -> int:
        """Bytes handed over that the network has not taken."""


def line_to(send: Send) -> Line:
    """The way to the reader behind an ASGI `send`."""
    protocol = next((part for part in getattr(send, "args", ()) if isinstance(part, WebSocketProtocol)), None)
    return DaphneLine(protocol) if protocol is not None else AsgiLine(send)


class DaphneLine:
    """Daphne takes whatever it is given and never asks anyone to wait, so we look at its transport's buffer ourselves
    and give it the frame ready for the wire: made once, not once for each reader."""

    __slots__ = ("protocol",)

    def __init__(self, protocol: Any):
        self.protocol = protocol
        if wire := getattr(protocol.transport, "socket", None):
            # Else the system itself keeps megabytes for a reader who takes nothing.
            wire.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SYSTEM_BYTES)

    def write(self, text: str) -> None:
        if self.protocol.state != WebSocketProtocol.STATE_OPEN:
            return
        # What sendPreparedMessage does, without the words it makes for a log that nobody reads.
        data, transport = prepared(text).payloadHybi, self.protocol.transport
        if not self.backlog() and hasattr(transport, "writeSomeData"):
            # Straight to the network, which nearly always takes it: no round of the event loop for each reader.
            taken = transport.writeSomeData(data)
            # An error is no number; what remains is written again and meets it where it is dealt with.
            data = data[taken:] if isinstance(taken, int) else data
        if data:
            transport.write(data)

    def backlog(self) -> int:
        transport = self.protocol.transport
        taken, queued = getattr(transport, "offset", 0), getattr(transport, "_tempDataLen", 0)
        return len(getattr(transport, "dataBuffer", b"")) - taken + queued


@lru_cache(maxsize=64)
def prepared(text: str) -> PreparedMessage:
    return PreparedMessage(text.encode(), isBinary=False, applyMask=False, doNotCompress=True)


class AsgiLine:
    """Any other server: `send` waits while the network is full, and until it is done everything counts as backlog."""

    __slots__ = ("send", "sending", "size")

    def __init__(self, send: Send):
        self.send = send
        self.sending: set[asyncio.Task[None]] = set()
        self.size = 0

    def write(self, text: str) -> None:
        # Begun at once; most sends are over before anything is scheduled.
        sending: Any = self.send({"type": "websocket.send", "text": text})
        task: asyncio.Task[None] = asyncio.Task(sending, loop=asyncio.get_running_loop(), eager_start=True)
        if task.done():
            task.exception()
            return
        self.sending.add(task)
        self.size += len(text)
        task.add_done_callback(lambda done: self.sent(done, len(text)))

    def sent(self, task: asyncio.Task, size: int) -> None:
        self.sending.discard(task)
        self.size -= size
        if not task.cancelled():
            task.exception()

    def backlog(self) -> int:
        return self.size
