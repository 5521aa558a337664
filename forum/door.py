"""Answers visitors at the door, before Django is entered, with pages that were made for another visitor.

Only a GET without any cookie, but for the one that names a language, is answered here, and only with what a view marked
as the same for every visitor (community/kept.py). Everything of a request that can change the page is in the key. A
page leaves the moment something it shows has changed, so the door stands only where one process serves everybody;
several would have to tell each other.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from community import kept, languages

# Times on a page run on, and a command in another process may have changed what it shows; so no page stays for long.
STAYS_SECONDS = 30.0
MOST_PAGES = 1000
# Bytes; a page of twenty long posts has some 200,000 before compression.
MOST_BYTES = 64 * 1024 * 1024

MARK = kept.MARK.lower().encode()
COUNTING_HEADERS = (b"host", b"accept-encoding", b"accept", b"hx-request", b"x-forwarded-proto")
LANGUAGE_HEADERS = (b"accept-language", b"cookie")
# A request with one of these is about somebody or something in particular.
NEVER = (b"authorization", b"range", b"if-modified-since", b"if-none-match")

type Key = tuple[Any, ...]
type Send = Callable[[dict[str, Any]], Awaitable[None]]


@dataclass
class KeptPage:
    start: dict[str, Any]
    body: bytes
    marks: frozenset[str]
    until: float


@dataclass
class Making:
    """A page on its way out of Django: what it says so far, and the change that was the newest when it was begun."""

    key: Key
    newest_change: int
    start: dict[str, Any] = field(default_factory=dict)
    marks: frozenset[str] = frozenset()
    body: list[bytes] = field(default_factory=list)


class Door:
    """An ASGI application in front of another one."""

    def __init__(self, inside: Callable[..., Awaitable[None]]) -> None:
        self.inside = inside
        self.pages: OrderedDict[Key, KeptPage] = OrderedDict()
        self.size = 0
        self.lock = threading.Lock()
        self.changes = 0
        self.changed: dict[str, int] = {}
        kept.listen(self.outdate)

    async def __call__(self, scope: dict[str, Any], receive: Callable[[], Awaitable[Any]], send: Send) -> None:
        key = key_of(scope)
        if key is None:
            await self.inside(scope, receive, without_mark(send))
            return
        page = self.find(key)
        if page is not None:
            await send(page.start)
            await send({"type": "http.response.body", "body": page.body})
            return
        await self.inside(scope, receive, self.keeping(Making(key, self.changes), send))

    def find(self, key: Key) -> KeptPage | None:
        with self.lock:
            page = self.pages.get(key)
            if page is None:
                return None
            if page.until < time.monotonic():
                self.drop(key)
                return None
            self.pages.move_to_end(key)
            return page

    def keeping(self, making: Making, send: Send) -> Send:
        async def keep(message: dict[str, Any]) -> None:
            if message["type"] == "http.response.start":
                message, making.marks = unmarked(message)
                making.start = message
            elif making.marks:
                making.body.append(message.get("body", b""))
                if not message.get("more_body"):
                    self.keep(making)
            await send(message)

        return keep

    def keep(self, making: Making) -> None:
        body = b"".join(making.body)
        page = KeptPage(making.start, body, making.marks, time.monotonic() + STAYS_SECONDS)
        with self.lock:
            # What changed while the page was being made may or may not be on it.
            if any(self.changed.get(mark, 0) > making.newest_change for mark in (*making.marks, "")):
                return
            if making.key in self.pages:
                self.drop(making.key)
            self.pages[making.key] = page
            self.size += len(body)
            while len(self.pages) > MOST_PAGES or self.size > MOST_BYTES:
                self.drop(next(iter(self.pages)))

    def outdate(self, marks: Iterable[str]) -> None:
        gone = frozenset(marks)
        with self.lock:
            self.changes += 1
            for mark in gone or ("",):
                self.changed[mark] = self.changes
            for key in [key for key, page in self.pages.items() if not gone or gone & page.marks]:
                self.drop(key)
            if len(self.changed) > 10 * MOST_PAGES:
                # Forgetting when each mark changed is safe when nothing that is being made may be kept.
                self.changed = {"": self.changes}

    def drop(self, key: Key) -> None:
        self.size -= len(self.pages.pop(key).body)


def key_of(scope: dict[str, Any]) -> Key | None:
    """What this request asks for, in full; None when it must be answered inside."""
    if scope["type"] != "http" or scope["method"] != "GET":
        return None
    found: dict[bytes, bytes] = {}
    for name, value in scope["headers"]:
        if name in NEVER:
            return None
        if name in COUNTING_HEADERS or name in LANGUAGE_HEADERS:
            if name in found:
                return None
            found[name] = value
    language = language_of(found)
    if language is None:
        return None
    compressed = b"gzip" in found.get(b"accept-encoding", b"")
    others = tuple(found.get(name, b"") for name in COUNTING_HEADERS if name != b"accept-encoding")
    return (scope["path"], scope.get("query_string", b""), scope.get("scheme"), language, compressed, *others)


def language_of(headers: dict[bytes, bytes]) -> str | None:
    """The language in which this visitor is answered; None for whoever has another cookie than the one for that.

    The key has the language and not what was sent: browsers ask for the same few languages in a thousand ways.
    """
    if cookie := headers.get(b"cookie"):
        name, _, chosen = cookie.decode("latin-1").partition("=")
        return (languages.known(chosen) or None) if name == settings.LANGUAGE_COOKIE_NAME else None
    return languages.asked_for(headers.get(b"accept-language", b"").decode("latin-1"))


def unmarked(start: dict[str, Any]) -> tuple[dict[str, Any], frozenset[str]]:
    """The start of an answer without the mark, and the marks; none when it sets a cookie."""
    headers = [(name, value) for name, value in start["headers"] if name.lower() != MARK]
    if len(headers) == len(start["headers"]):
        return start, frozenset()
    marks = next(value for name, value in start["headers"] if name.lower() == MARK).decode("ascii").split()
    if any(name.lower() == b"set-cookie" for name, _value in headers):
        marks = []
    return start | {"headers": headers}, frozenset(marks)


def without_mark(send: Send) -> Send:
    async def passing(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            message, _marks = unmarked(message)
        await send(message)

    return passing
