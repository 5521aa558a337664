"""Puts messages on the channel layer: in order, without making anybody wait, and without complaint when it is down."""

import asyncio
import atexit
import contextlib
import logging
import os
import threading
import time
from collections import deque
from typing import Any

from channels.layers import InMemoryChannelLayer, get_channel_layer

logger = logging.getLogger(__name__)

# A layer that is down is asked again after so many seconds; what is lost meanwhile, readers fetch from the log.
PAUSE = 2.0
PATIENCE = 2.0
KEPT = 10_000
CONTROL = "live.control"


def group_of(stream: str) -> str:
    """The channel layer's name for a stream; stream names have no dots, so no two share one."""
    return "live." + stream.replace(":", ".")


def frame_message(
    stream: str, text: str, *, seq: int | None = None, unless: int | None = None, doubt: bool = False
) -> dict[str, Any]:
    """What the layer carries: `doubt` has everybody's right asked before `text` is handed over."""
    frame = {"type": "frame", "stream": stream, "text": text, "seq": seq, "unless": unless, "doubt": doubt}
    return frame | {"at": time.time()}


class Postman:
    """Sends from one event loop. `post` may be called from any thread."""

    def __init__(self, loop: asyncio.AbstractEventLoop):
        self.loop = loop
        self.outbox: deque[tuple[str, dict[str, Any]]] = deque(maxlen=KEPT)
        self.round: asyncio.Task | None = None
        self.down_since: float | None = None

    def post(self, group: str, message: dict[str, Any]) -> None:
        self.loop.call_soon_threadsafe(self.take, group, message)

    def take(self, group: str, message: dict[str, Any]) -> None:
        self.outbox.append((group, message))
        if self.round is None:
            # One at a time, so that a stream's frames leave in the order in which they came.
            self.round = self.loop.create_task(self.go_round())

    async def go_round(self) -> None:
        try:
            while self.outbox:
                await self.deliver(*self.outbox.popleft())
        finally:
            self.round = None

    async def deliver(self, group: str, message: dict[str, Any]) -> None:
        if self.down_since is not None and time.monotonic() - self.down_since < PAUSE:
            return
        try:
            async with asyncio.timeout(PATIENCE):
                await get_channel_layer().group_send(group, message)
        except Exception as trouble:
            if self.down_since is None:
                logger.warning("The channel layer is down, readers fetch changes instead: %r", trouble)
            self.down_since = time.monotonic()
        else:
            if self.down_since is not None:
                logger.warning("The channel layer is back.")
            self.down_since = None

    def is_idle(self) -> bool:
        return not self.outbox and self.round is None


class Depot:
    """The postman of a process that serves no sockets: a worker, a command, a WSGI server."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.postman: Postman | None = None

    def post(self, group: str, message: dict[str, Any]) -> None:
        if isinstance(get_channel_layer(), InMemoryChannelLayer):
            # Nobody else shares this memory, and nobody here listens.
            return
        with self.lock:
            if self.postman is None:
                self.postman = self.open()
        self.postman.post(group, message)

    def open(self) -> Postman:
        loop = asyncio.new_event_loop()
        threading.Thread(target=loop.run_forever, name="live-postman", daemon=True).start()
        # A command that ends at once still lets its last frames leave.
        atexit.register(self.empty)
        return Postman(loop)

    def empty(self, patience: float = PATIENCE) -> None:
        """Wait until everything posted so far has left, but not for long."""
        end = time.monotonic() + patience
        with contextlib.suppress(RuntimeError):
            if self.postman:
                done = threading.Event()
                self.postman.loop.call_soon_threadsafe(done.set)
                done.wait(patience)
        while self.postman and not self.postman.is_idle() and time.monotonic() < end:
            time.sleep(0.01)

    def forget(self) -> None:
        self.lock, self.postman = threading.Lock(), None


depot = Depot()
# Threads do not survive a fork: a forked worker opens its own.
os.register_at_fork(after_in_child=depot.forget)
