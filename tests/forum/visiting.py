"""An application behind the door, and visitors who ask for a page."""

import asyncio

from community import kept
from forum.door import Door

HOST = (b"host", b"forum")
PAGE = {"type": "http", "method": "GET", "path": "/a/", "query_string": b"", "scheme": "http"}
HTML = (b"content-type", b"text/html")


class Inside:
    """An application that counts how often it was asked."""

    def __init__(self, *, marks: str = "thread:1 lists", headers=(), status: int = 200, says: bytes = b"page") -> None:
        self.asked = 0
        self.marks, self.status, self.says = marks, status, says
        self.headers = list(headers)
        self.meanwhile = lambda: None
        self.may_go_on = asyncio.Event()
        self.may_go_on.set()

    async def __call__(self, scope, receive, send):
        self.asked += 1
        says = b"%s %d" % (self.says, self.asked)
        await self.may_go_on.wait()
        marked = [(kept.MARK.encode(), self.marks.encode())] if self.marks else []
        await send({"type": "http.response.start", "status": self.status, "headers": [*self.headers, *marked]})
        self.meanwhile()
        await send({"type": "http.response.body", "body": says})


async def ask(door: Door, *headers: tuple[bytes, bytes], **scope) -> tuple[int, dict[bytes, bytes], bytes]:
    said: list[dict] = []

    async def send(message):
        said.append(message)

    await door(PAGE | {"headers": [HOST, *headers]} | scope, None, send)
    names = [name.lower() for name, _value in said[0]["headers"]]
    assert len(names) == len(set(names))
    return said[0]["status"], dict(zip(names, (value for _, value in said[0]["headers"]), strict=True)), said[1]["body"]
