"""Gives a kept page as this visitor takes it."""

import asyncio
import gzip
from collections.abc import Awaitable, Callable
from hashlib import blake2b
from typing import Any

import brotli

from .asking import Asked
from .shelf import Page

type Send = Callable[[dict[str, Any]], Awaitable[None]]
type Headers = list[tuple[bytes, bytes]]

# In bytes; what is smaller is one packet either way.
WORTH_COMPRESSING = 500
# Three milliseconds for a page of twenty posts, and what the next level saves is one hundredth of it.
BROTLI_QUALITY, GZIP_LEVEL = 5, 6
COMPRESS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda body: brotli.compress(body, mode=brotli.MODE_TEXT, quality=BROTLI_QUALITY),
    "gzip": lambda body: gzip.compress(body, GZIP_LEVEL, mtime=0),
}
# What says how long and how packed the body is, we say ourselves.
OURS = frozenset({b"content-length", b"etag"})


def finished(headers: Headers, body: bytes, marks: frozenset[str]) -> Page:
    """A page as it came out of Django, ready to be given to many."""
    told = [(name, value) for name, value in headers if name.lower() not in OURS]
    add_to_vary(told, b"Accept-Encoding")
    if not any(name.lower() == b"cache-control" for name, _value in told):
        # A browser may keep it, and asks each time whether it still holds.
        told.append((b"Cache-Control", b"no-cache"))
    return Page(told, body, blake2b(body, digest_size=9).hexdigest(), marks)


def add_to_vary(headers: Headers, what: bytes) -> None:
    for place, (name, value) in enumerate(headers):
        if name.lower() == b"vary":
            if what.lower() not in value.lower():
                headers[place] = (name, value + b", " + what)
            return
    headers.append((b"Vary", what))


async def answer(page: Page, asked: Asked, send: Send) -> None:
    encoding = asked.encoding if len(page.body) >= WORTH_COMPRESSING else ""
    version = f'"{page.version}-{encoding}"' if encoding else f'"{page.version}"'
    headers = [*page.headers, (b"ETag", version.encode())]
    if asked.has & {version, "*"}:
        kept = [(name, value) for name, value in headers if not name.lower().startswith(b"content-type")]
        await send({"type": "http.response.start", "status": 304, "headers": kept})
        await send({"type": "http.response.body", "body": b""})
        return
    body = await compressed(page, encoding) if encoding else page.body
    if encoding:
        headers.append((b"Content-Encoding", encoding.encode()))
    headers.append((b"Content-Length", b"%d" % len(body)))
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def compressed(page: Page, encoding: str) -> bytes:
    """Made in a thread, so that nobody else waits, and once."""
    made = page.compressed.get(encoding)
    if isinstance(made, bytes):
        return made
    if made is None:
        loop = asyncio.get_running_loop()
        made = page.compressed[encoding] = loop.run_in_executor(None, COMPRESS[encoding], page.body)
    # Whoever leaves meanwhile takes nothing away from the others.
    page.compressed[encoding] = body = await asyncio.shield(made)
    return body
