"""The socket at /live/: lets the right ones in, takes what they say, hands them what the hub gives."""

import asyncio
import logging
import time
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from channels.auth import AuthMiddlewareStack
from django.conf import settings

from . import hub, messages, origins
from .limits import (
    ERRORS_PER_SOCKET,
    MESSAGES_AT_ONCE,
    MESSAGES_PER_SECOND,
    STREAMS_PER_SOCKET,
    WAITING_BYTES,
    WAITING_FRAMES,
    Bucket,
    address_of,
    door,
)
from .lines import line_to
from .messages import Broken, Message
from .policies import SignIn
from .presence import Typing

logger = logging.getLogger(__name__)

TOO_MANY_ERRORS = 1008
TOO_SLOW = 4008
BROKEN = 1011

# As much as goes to the network at a time: what is still here can be taken back when a right ends.
AHEAD_BYTES = 64 * 1024
LOOK_AGAIN = 0.05

type Receive = Callable[[], Awaitable[dict[str, Any]]]
type Send = Callable[[dict[str, Any]], Coroutine[Any, Any, None]]


async def live(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    """One websocket, from the handshake to its end."""
    await receive()
    address = address_of(scope)
    if not origins.is_ours(scope) or not door.may_knock(address):
        return await send({"type": "websocket.close"})
    member, session_key = await who_asks(scope)
    member_id = member.pk if member else None
    if not door.enter(address, member_id):
        return await send({"type": "websocket.close"})
    try:
        await Socket(send, member, session_key).live(receive)
    finally:
        door.leave(address, member_id)


async def who_asks(scope: dict[str, Any]) -> tuple[Any, str]:
    """The member the session cookie stands for and the key of that session; (None, "") for a visitor."""
    found: dict[str, Any] = {}

    async def look(scope: dict[str, Any], receive: Any, send: Any) -> None:
        found.update(member=scope["user"], key=scope["session"].session_key)

    cookies = b"; ".join(value for name, value in scope["headers"] if name == b"cookie")
    if settings.SESSION_COOKIE_NAME.encode() not in cookies:
        return None, ""
    # Read here and let go: a socket that lives for days keeps no session and no scope.
    await AuthMiddlewareStack(look)(scope, None, None)
    member = found["member"]
    if not member.is_authenticated or not member.is_active:
        return None, ""
    return member._wrapped if hasattr(member, "_wrapped") else member, found["key"]


class Socket:
    """One reader's connection."""

    __slots__ = (
        "__weakref__",
        "bucket",
        "errors",
        "hub",
        "line",
        "member",
        "member_id",
        "open",
        "pump",
        "send",
        "sign_in",
        "typing",
        "vouched_at",
        "waiting",
        "waiting_bytes",
    )

    def __init__(self, send: Send, member: Any, session_key: str):
        self.send, self.line = send, line_to(send)
        self.member, self.member_id = member, member.pk if member else None
        self.sign_in = SignIn.of(member, session_key) if member else None
        self.vouched_at = time.monotonic()
        self.hub = hub.serving()
        self.bucket = Bucket(MESSAGES_AT_ONCE, MESSAGES_PER_SECOND)
        self.errors = 0
        self.typing: Typing | None = None
        self.open = False
        self.waiting: deque[tuple[str, str]] = deque()
        self.waiting_bytes = 0
        self.pump: asyncio.Task | None = None

    async def live(self, receive: Receive) -> None:
        await self.send({"type": "websocket.accept"})
        self.open = True
        self.hub.enter(self)
        try:
            while self.open:
                event = await receive()
                if event["type"] == "websocket.disconnect":
                    break
                await self.hear(event)
        except Exception:
            logger.exception("A socket failed.")
            self.shut(BROKEN)
        finally:
            self.open = False
            self.hub.leave(self)
            if self.pump:
                self.pump.cancel()

    # What the client says

    async def hear(self, event: dict[str, Any]) -> None:
        try:
            if not self.bucket.take():
                raise Broken("too_fast", "That was too much at once; wait a moment.")
            await self.do(messages.read(event))
        except Broken as trouble:
            self.tell(messages.error(trouble))
            self.errors += 1
            if self.errors >= ERRORS_PER_SOCKET:
                self.shut(TOO_MANY_ERRORS)

    async def do(self, message: Message) -> None:
        match message.do:
            case "subscribe":
                await self.subscribe(message.stream)
            case "unsubscribe":
                self.hub.unsubscribe(self, message.stream)
                self.tell(messages.frame("unsubscribed", message.stream))
            case "typing":
                await self.type(message.stream)
            case "ping":
                self.tell(messages.frame("pong"))

    async def subscribe(self, stream: str) -> None:
        if not self.hub.is_on(self, stream) and len(self.hub.sockets.get(self, ())) >= STREAMS_PER_SOCKET:
            raise Broken("too_many", f"A socket listens to at most {STREAMS_PER_SOCKET} streams.")
        await self.hub.subscribe(self, stream)

    async def type(self, stream: str) -> None:
        if not self.hub.is_on(self, stream):
            raise Broken("not_listening", "Subscribe first.")
        if self.typing is None:
            self.typing = Typing()
        await self.typing.show(self.member, stream)

    # What the hub hands over

    def offer(self, stream: str, text: str) -> None:
        if not self.open:
            return
        if not self.waiting and self.line.backlog() < AHEAD_BYTES:
            self.line.write(text)
            return
        self.waiting.append((stream, text))
        self.waiting_bytes += len(text)
        if len(self.waiting) > WAITING_FRAMES or self.waiting_bytes > WAITING_BYTES:
            self.hub.leave(self)
            self.shut(TOO_SLOW)
        elif self.pump is None:
            self.pump = asyncio.get_running_loop().create_task(self.keep_pumping())

    def tell(self, text: str) -> None:
        self.offer("", text)

    def forget(self, stream: str) -> None:
        if self.waiting:
            self.waiting = deque(kept for kept in self.waiting if kept[0] != stream)
            self.waiting_bytes = sum(len(text) for _, text in self.waiting)

    async def keep_pumping(self) -> None:
        """Pass on what waits as fast as the reader takes it."""
        try:
            while self.waiting and self.open:
                if self.line.backlog() >= AHEAD_BYTES:
                    await asyncio.sleep(LOOK_AGAIN)
                    continue
                _, text = self.waiting.popleft()
                self.waiting_bytes -= len(text)
                self.line.write(text)
        finally:
            self.pump = None

    def shut(self, code: int) -> None:
        if self.open:
            self.open = False
            self.waiting.clear()
            self.hub.begin(self.send({"type": "websocket.close", "code": code}))
