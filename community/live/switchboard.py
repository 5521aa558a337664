"""All sockets of one process: who listens to what, whether they still may, and the loop that hands a frame to each."""

import asyncio
import logging
import time
from collections import deque
from collections.abc import Collection, Coroutine, Iterable
from typing import Any

from channels.db import database_sync_to_async as in_database
from channels.layers import get_channel_layer

from . import figures, policies
from .messages import Broken, frame
from .postman import CONTROL, KEPT, PATIENCE, PAUSE, Postman, frame_message, group_of
from .streams import Listener, Stream

logger = logging.getLogger(__name__)

# No frame is handed over on a right or a sign-in seen longer ago than this (seconds).
FRESH = 4.0
# How often sign-ins are looked at again although nothing happened, and the heads of the streams.
SWEEP = 4.0
# Rights of streams in which nothing happens, and the memberships of groups that forget after a day.
SLOW_SWEEP = 60.0
# Sockets served before others get their turn.
AT_A_TIME = 200
VOUCHED_AT_ONCE = 500

SIGNED_OUT = 4401


class Switchboard:
    """All sockets of this process. Everything here runs on one event loop."""

    def __init__(self, loop: asyncio.AbstractEventLoop):
        self.loop = loop
        self.postman = Postman(loop)
        self.streams: dict[str, Stream] = {}
        self.sockets: dict[Listener, set[str]] = {}
        self.channel = ""
        self.opening = asyncio.Lock()
        self.inbox: deque[dict[str, Any]] = deque(maxlen=KEPT)
        self.arrived = asyncio.Event()
        self.tasks: set[asyncio.Task] = set()
        self.slow_sweep_at = time.monotonic() + SLOW_SWEEP
        for work in (self.hand_over(), self.keep_sweeping()):
            self.begin(work)

    def begin(self, work: Coroutine) -> None:
        task = self.loop.create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    # Sockets come and go

    def enter(self, socket: Listener) -> None:
        self.sockets[socket] = set()
        figures.SOCKETS.set(len(self.sockets))

    def leave(self, socket: Listener) -> None:
        for name in self.sockets.pop(socket, ()):
            self.streams[name].sockets.pop(socket, None)
        figures.SOCKETS.set(len(self.sockets))

    def is_on(self, socket: Listener, name: str) -> bool:
        return name in self.sockets.get(socket, ())

    async def subscribe(self, socket: Listener, name: str) -> None:
        """Listen to the stream from now on. The socket is told `subscribed` with the head, or `refused`.

        Raises Broken("unavailable") when frames cannot be promised at the moment.
        """
        if name not in self.streams:
            # Before anything is set up for a stream that may not exist, or not for this reader.
            standing = await in_database(policies.standing)(name, {socket.member_id})
            if not standing.allows(socket.member_id):
                socket.tell(frame("refused", name))
                return
        stream = self.streams.setdefault(name, Stream(name))
        # Heard first, asked second: a change between the two is in the frames kept here or in the head.
        stream.early[socket] = []
        try:
            await self.hear(stream)
            since = time.monotonic() - FRESH
            await self.ask(stream, {socket.member_id}, since)
            if not stream.is_fresh_for(socket.member_id, since):
                # Refused, or doubted while we asked: rights changed in this very moment.
                await self.ask(stream, {socket.member_id}, since)
        finally:
            early = stream.early.pop(socket)
        if socket not in self.sockets:
            return
        if not stream.is_fresh_for(socket.member_id, since):
            socket.tell(frame("refused", name))
            return
        stream.sockets[socket] = None
        self.sockets[socket].add(name)
        socket.tell(frame("subscribed", name, head=stream.head))
        for text in early:
            socket.offer(name, text)

    def unsubscribe(self, socket: Listener, name: str) -> None:
        if self.is_on(socket, name):
            self.sockets[socket].discard(name)
            self.streams[name].sockets.pop(socket, None)
            socket.forget(name)

    def revoke(self, socket: Listener, stream: Stream) -> None:
        self.unsubscribe(socket, stream.name)
        socket.tell(frame("refused", stream.name))

    # The channel layer

    async def hear(self, stream: Stream) -> None:
        """Be in the stream's group before anything is promised to anybody."""
        async with stream.lock:
            if stream.joined:
                return
            try:
                async with asyncio.timeout(PATIENCE):
                    await self.open()
                    await get_channel_layer().group_add(group_of(stream.name), self.channel)
            except Exception as trouble:
                logger.warning("Cannot listen to the channel layer: %r", trouble)
                raise Broken("unavailable", "Ask for changes over HTTP for now.", stream=stream.name) from trouble
            stream.joined = True

    async def open(self) -> None:
        async with self.opening:
            if not self.channel:
                layer = get_channel_layer()
                channel = await layer.new_channel("live.")
                await layer.group_add(CONTROL, channel)
                self.channel = channel
                self.begin(self.receive())

    async def receive(self) -> None:
        layer = get_channel_layer()
        while True:
            try:
                self.inbox.append(await layer.receive(self.channel))
                self.arrived.set()
            except Exception:
                logger.exception("The channel layer gave no message.")
                await asyncio.sleep(PAUSE)

    async def hand_over(self) -> None:
        while True:
            await self.arrived.wait()
            self.arrived.clear()
            while self.inbox:
                message = self.inbox.popleft()
                try:
                    await (self.fan_out(message) if message["type"] == "frame" else self.look_again(message))
                except Exception:
                    logger.exception("A message was not handed over; readers catch up from the log.")

    async def fan_out(self, message: dict[str, Any]) -> None:
        stream = self.streams.get(message["stream"])
        if stream is None:
            return
        text, unless = message["text"], message["unless"]
        # Before the first socket gets it: who subscribes while the loop runs learns from the head what it lacks.
        stream.reach(message["seq"])
        for early in stream.early.values():
            early.append(text)
        if message["doubt"]:
            stream.doubt()
        await self.renew(stream)
        for served, socket in enumerate(tuple(stream.sockets), 1):
            if socket in stream.sockets and (unless is None or socket.member_id != unless):
                socket.offer(stream.name, text)
            if served % AT_A_TIME == 0:
                await asyncio.sleep(0)
        figures.handed_over(message)

    # Rights

    async def ask(self, stream: Stream, member_ids: Collection[int | None], since: float) -> None:
        """See that what we know of these members' rights is not older than `since`."""
        async with stream.lock:
            stale = {member_id for member_id in member_ids if not stream.is_fresh_for(member_id, since)}
            if stale:
                asked_at = time.monotonic()
                stream.note(await in_database(policies.standing)(stream.name, stale), asked_at, stale)

    async def renew(self, stream: Stream) -> None:
        """Make sure that everybody on the stream still may listen; those who may not are off it afterwards."""
        since = time.monotonic() - FRESH
        if not stream.sockets or (stream.everyone and stream.asked_at >= since):
            return
        await self.ask(stream, {socket.member_id for socket in stream.sockets}, since)
        if not stream.everyone:
            await self.vouch([socket for socket in stream.sockets if socket.sign_in], since)
        for socket in tuple(stream.sockets):
            if not stream.is_fresh_for(socket.member_id, since):
                self.revoke(socket, stream)

    async def vouch(self, sockets: Iterable[Listener], since: float) -> None:
        """Close the sockets whose sign-in has ended."""
        stale = [socket for socket in sockets if socket.vouched_at < since]
        for first in range(0, len(stale), VOUCHED_AT_ONCE):
            some = stale[first : first + VOUCHED_AT_ONCE]
            asked_at = time.monotonic()
            valid = await in_database(policies.still_signed_in)([socket.sign_in for socket in some])
            for socket in some:
                if socket.sign_in in valid:
                    socket.vouched_at = asked_at
                else:
                    self.leave(socket)
                    socket.shut(SIGNED_OUT)

    async def look_again(self, message: dict[str, Any]) -> None:
        if message["after"]:
            self.begin(self.look_later(message))
            return
        if message["stream"] in self.streams:
            stream = self.streams[message["stream"]]
            stream.doubt()
            await self.renew(stream)
        if message["member"] is not None:
            sockets = [socket for socket in self.sockets if socket.member_id == message["member"]]
            await self.vouch(sockets, time.monotonic())
            for name in {name for socket in sockets for name in self.sockets.get(socket, ())}:
                if not self.streams[name].everyone:
                    self.streams[name].seen.pop(message["member"], None)
                    await self.renew(self.streams[name])

    async def look_later(self, message: dict[str, Any]) -> None:
        await asyncio.sleep(message["after"])
        self.inbox.append(message | {"after": 0.0})
        self.arrived.set()

    # What nobody told us

    async def keep_sweeping(self) -> None:
        while True:
            await asyncio.sleep(SWEEP)
            try:
                await self.sweep()
            except Exception:
                logger.exception("A sweep over the sockets failed; the next one follows.")

    async def sweep(self) -> None:
        await self.vouch([socket for socket in self.sockets if socket.sign_in], time.monotonic() - SWEEP / 2)
        await self.compare_heads()
        await self.close_empty_streams()
        if time.monotonic() >= self.slow_sweep_at:
            self.slow_sweep_at = time.monotonic() + SLOW_SWEEP
            for stream in list(self.streams.values()):
                await self.renew(stream)
                if stream.joined:
                    await self.join(group_of(stream.name))
            if self.channel:
                await self.join(CONTROL)

    async def join(self, group: str) -> None:
        """Again, for groups forget after a day. A layer that hangs must not keep us from looking for what it lost."""
        async with asyncio.timeout(PATIENCE):
            await get_channel_layer().group_add(group, self.channel)

    async def compare_heads(self) -> None:
        """A layer may lose frames, also the last one, after which no gap would show. Then say how far the log is."""
        numbered = [name for name, stream in self.streams.items() if stream.sockets and stream.head is not None]
        if not numbered:
            return
        for name, head in (await in_database(policies.heads)(numbered)).items():
            stream = self.streams[name]
            if stream.missing is not None and (stream.head or 0) < stream.missing:
                self.inbox.append(frame_message(name, frame("head", name, head=head), seq=head))
                self.arrived.set()
                stream.missing = None
            else:
                stream.missing = head if head > (stream.head or 0) else None

    async def close_empty_streams(self) -> None:
        for stream in [stream for stream in self.streams.values() if stream.is_empty()]:
            async with stream.lock:
                if stream.is_empty() and stream.joined:
                    await get_channel_layer().group_discard(group_of(stream.name), self.channel)
                    stream.joined = False
            if stream.is_empty() and not stream.joined:
                del self.streams[stream.name]
