"""One page is made by one, however many ask for it; whoever cannot be sure that it still holds is answered inside."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from community import kept

from .answering import Headers, Send, answer, finished
from .asking import Asked, Key, asked
from .hearing import Here, News
from .shelf import Page, Shelf

MARK = kept.MARK.lower().encode()
# Seconds after which somebody who waits for the page of another one asks for his own.
WAITS = 10.0


@dataclass
class Making:
    """A page on its way out of Django, and the number of the change that was the newest when it was begun."""

    asked: Asked
    begun: int
    over: asyncio.Event = field(default_factory=asyncio.Event)
    headers: Headers = field(default_factory=list)
    marks: frozenset[str] = frozenset()
    body: list[bytes] = field(default_factory=list)


class Door:
    """An ASGI application in front of another one."""

    def __init__(self, inside: Callable[..., Awaitable[None]], news: News | None = None) -> None:
        self.inside = inside
        self.news = news or Here()
        self.shelf = Shelf()
        self.under_way: dict[Key, Making] = {}
        kept.mark_pages()
        self.news.listen(self.shelf.outdate)

    async def __call__(self, scope: dict[str, Any], receive: Callable[[], Awaitable[Any]], send: Send) -> None:
        asking = asked(scope)
        if asking is None or not await self.news.catch_up():
            await self.inside(scope, receive, without_mark(send))
            return
        page = self.shelf.find(asking.key)
        if page is None and (other := self.under_way.get(asking.key)):
            page = await self.made_by(other)
        if page is not None:
            await answer(page, asking, send)
        elif asking.key in self.under_way:
            # It took too long, broke, or is already outdated. Whoever has waited once does not wait for another one.
            await self.inside(scope, receive, without_mark(send))
        else:
            await self.make(asking, scope, receive, send)

    async def made_by(self, other: Making) -> Page | None:
        try:
            async with asyncio.timeout(WAITS):
                await other.over.wait()
        except TimeoutError:
            return None
        # A change between its beginning and our coming is on it, or it is no longer kept.
        return self.shelf.find(other.asked.key) if await self.news.catch_up() else None

    async def make(self, asking: Asked, scope: dict[str, Any], receive: Callable[..., Any], send: Send) -> None:
        making = self.under_way[asking.key] = Making(asking, self.shelf.changes)
        try:
            await self.inside(scope, receive, self.keeping(making, send))
        finally:
            self.let_go(making)

    def let_go(self, making: Making) -> None:
        """Nobody waits any longer for what comes of it."""
        making.over.set()
        if self.under_way.get(making.asked.key) is making:
            del self.under_way[making.asked.key]

    def keeping(self, making: Making, send: Send) -> Send:
        async def keep(message: dict[str, Any]) -> None:
            if message["type"] == "http.response.start":
                message, making.marks = unmarked(message)
                making.headers = message["headers"]
                if making.marks:
                    return
                self.let_go(making)
            elif making.marks:
                making.body.append(message.get("body", b""))
                if not message.get("more_body"):
                    page = finished(making.headers, b"".join(making.body), making.marks)
                    self.shelf.keep(making.asked.key, page, begun=making.begun)
                    self.let_go(making)
                    await answer(page, making.asked, send)
                return
            await send(message)

        return keep


def unmarked(start: dict[str, Any]) -> tuple[dict[str, Any], frozenset[str]]:
    """The start of an answer without the mark, and the marks; none when it is an error or sets a cookie."""
    headers = [(name, value) for name, value in start["headers"] if name.lower() != MARK]
    if len(headers) == len(start["headers"]):
        return start, frozenset()
    marks = next(value for name, value in start["headers"] if name.lower() == MARK).decode("ascii").split()
    if start["status"] != 200 or any(name.lower() == b"set-cookie" for name, _value in headers):
        marks = []
    return start | {"headers": headers}, frozenset(marks)


def without_mark(send: Send) -> Send:
    async def passing(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            message, _marks = unmarked(message)
        await send(message)

    return passing
