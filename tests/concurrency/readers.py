"""A page that is open for long, as its script behaves: over a real socket, with a line that breaks."""

import asyncio
import json
import random
from dataclasses import dataclass, field
from http.client import HTTPException

from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException

from community.threads.models import Post, Thread
from community.threads.pages.html import post_html
from tests.server import LOCAL, Sender, Server

# Seconds between two cuts, on average.
BETWEEN_CUTS = 1.0
GONE = (OSError, HTTPException, WebSocketException, TimeoutError)


@dataclass
class Reader:
    """What a page's script does with a thread: apply in order, hold what came early, fetch what is missing."""

    server: Server
    thread_id: int
    seen: int
    posts: dict[int, str]
    dice: random.Random
    held: dict[int, dict] = field(default_factory=dict)
    applied: list[int] = field(default_factory=list)
    pushed: int = 0
    cuts: int = 0
    between_cuts: float = BETWEEN_CUTS
    away: tuple[float, float] = (0.01, 0.3)

    def __post_init__(self) -> None:
        self.asking = Sender(self.server, "")

    async def read(self, done: asyncio.Event) -> None:
        while not done.is_set():
            try:
                await self.stay(done)
            except GONE:
                self.cuts += 1
                # Each order of length as often: most lines are back soon, some after long.
                shortest, longest = self.away
                await asyncio.sleep(shortest * (longest / shortest) ** self.dice.random())
        self.asking.leave()
        await self.catch_up()
        self.asking.leave()

    async def stay(self, done: asyncio.Event) -> None:
        url = f"ws://{LOCAL}:{self.server.port}/live/"
        async with connect(url, origin=self.server.url, compression=None, open_timeout=20) as socket:
            # Not a farewell but a broken line: the server learns of it when it writes.
            cut = asyncio.get_running_loop().call_later(
                self.dice.expovariate(1 / self.between_cuts), socket.transport.abort
            )
            try:
                subscribe = {"do": "subscribe", "stream": f"thread:{self.thread_id}", "since": self.seen}
                await socket.send(json.dumps(subscribe))
                while not done.is_set():
                    await self.hear(json.loads(await socket.recv()))
            finally:
                cut.cancel()

    async def hear(self, frame: dict) -> None:
        if frame["seq"] is None:
            if frame.get("head", 0) > self.seen:
                await self.catch_up()
            return
        self.held[frame["seq"]] = frame
        while self.seen + 1 in self.held:
            self.apply(self.held.pop(self.seen + 1))
            self.pushed += 1
        self.held = {seq: kept for seq, kept in self.held.items() if seq > self.seen}
        if self.held:
            await self.catch_up()

    async def catch_up(self) -> None:
        more = True
        while more:
            path = f"/threads/{self.thread_id}/since/{self.seen}/"
            answer = json.loads((await asyncio.to_thread(self.asking.get, path)).text)
            for frame in answer["frames"]:
                self.apply(frame)
            more = answer["more"]

    def apply(self, frame: dict) -> None:
        if frame["seq"] <= self.seen:
            return
        assert frame["seq"] == self.seen + 1
        self.seen = frame["seq"]
        self.applied.append(frame["seq"])
        assert frame["place"] == "append" or frame["post"] in self.posts
        self.posts[frame["post"]] = frame["html"]


def fresh(thread: Thread) -> dict[int, str]:
    """The posts as a page made now shows them."""
    thread = Thread.objects.for_page().get(pk=thread.pk)
    return {
        post.pk: post_html(post, thread)
        for post in Post.objects.filter(thread=thread).select_related("author", "deleted_by")
    }
