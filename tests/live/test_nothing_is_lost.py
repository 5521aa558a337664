"""A page that is cut off again and again shows every change once, in order, and ends as a fresh page would."""

import asyncio
import os
import random

import pytest
from asgiref.sync import sync_to_async
from django.db import connections
from django.test import Client
from django.urls import reverse

from community.live.routing import websockets
from community.people.models import Role
from community.threads import actions
from community.threads.models import Kind, Post, Thread
from community.threads.pages.html import post_html
from tests import make
from tests.live.reading import Reader, headers

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.heavy]

REDIS_URL = os.environ.get("REDIS_URL", "")
LAYERS = {
    "memory": {"BACKEND": "channels.layers.InMemoryChannelLayer", "CONFIG": {"capacity": 10_000}},
    "redis": {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {"hosts": [REDIS_URL], "prefix": f"cuts-{os.getpid()}"},
    },
}
CUTS = 200


@pytest.fixture(params=["memory", "redis"] if REDIS_URL else ["memory"])
def layer(request, settings):
    settings.CHANNEL_LAYERS = {"default": LAYERS[request.param]}
    return request.param


class Page:
    """What js/live-log.js does with one stream, and what the page then shows."""

    def __init__(self, thread: Thread, browser: Client, session_key: str, lane: str, dice: random.Random):
        self.thread, self.browser, self.key, self.dice = thread, browser, session_key, dice
        self.stream = f"thread:{thread.pk}" + (":team" if lane == "team" else "")
        self.since = lambda seq: reverse("threads:since", args=[thread.pk, seq]) + f"?lane={lane}"
        self.seen = 0
        self.held: dict[int, dict] = {}
        self.applied: list[int] = []
        self.posts: dict[int, str] = {}
        self.fetched = self.pushed = 0

    def apply(self, frame: dict) -> None:
        if frame["seq"] <= self.seen:
            return
        assert frame["seq"] == self.seen + 1
        self.seen = frame["seq"]
        self.applied.append(frame["seq"])
        if frame["place"] == "replace":
            assert frame["post"] in self.posts
        if frame.get("post") and frame["html"]:
            self.posts[frame["post"]] = frame["html"]

    def receive(self, frame: dict) -> bool:
        """Whether the frame fitted; if not it is kept until what is missing has come."""
        self.held[frame["seq"]] = frame
        while self.seen + 1 in self.held:
            self.apply(self.held.pop(self.seen + 1))
            self.pushed += 1
        self.held = {seq: kept for seq, kept in self.held.items() if seq > self.seen}
        return not self.held

    async def catch_up(self) -> None:
        while True:
            answer = (await sync_to_async(self.browser.get)(self.since(self.seen))).json()
            for frame in answer["frames"]:
                if frame["seq"] > self.seen:
                    self.apply(frame)
                    self.fetched += 1
            if not answer["more"]:
                return

    async def stay(self, seconds: float, frames: int) -> None:
        """Open a socket, listen for so long or for so many frames, and be cut off in the middle of whatever happens."""
        socket = Reader(websockets, "/live/", headers(self.key))
        await socket.connect(timeout=10)
        try:
            async with asyncio.timeout(seconds):
                await socket.say("subscribe", self.stream, since=self.seen)
                while frames:
                    frame = await socket.next(timeout=60)
                    frames -= frame["seq"] is not None
                    if frame["kind"] == "subscribed":
                        if frame["head"] > self.seen:
                            await self.catch_up()
                    elif frame["seq"] is not None and not self.receive(frame):
                        await self.catch_up()
        except TimeoutError:
            pass
        finally:
            socket.future.cancel()


async def write(thread: Thread, done: asyncio.Event, seed: int) -> int:
    """Reply, edit, delete and note, one after the other, until the reader has been cut often enough."""
    dice = random.Random(seed)
    member = await sync_to_async(make.member)(role=Role.AGENT)

    def change() -> None:
        try:
            mine = list(Post.objects.filter(thread=thread, author=member, deleted_at=None, number__gt=1))
            what = dice.choice(["reply", "reply", "note", "edit", "delete"])
            if what in ("reply", "note") or not mine:
                kind = Kind.NOTE if what == "note" else Kind.INFORMATION
                actions.post_reply(by=member, thread=thread, body=f"{what} {dice.random()}", kind=kind)
            elif what == "edit":
                post = dice.choice(mine)
                body = f"edited {dice.random()}"
                actions.edit_post(by=member, post=post, body=body, seen_revision=post.revision_count)
            else:
                actions.delete_post(by=member, post=dice.choice(mine), because="Not needed")
        finally:
            connections.close_all()

    changes = 0
    while not done.is_set():
        await asyncio.to_thread(change)
        changes += 1
        await asyncio.sleep(dice.uniform(0.01, 0.1))
    return changes


@pytest.mark.parametrize("lane", ["all", "team"])
async def test_a_client_cut_two_hundred_times_sees_every_change_once_and_in_order(layer, lane):
    dice = random.Random(4127)
    thread = await sync_to_async(make.thread)()
    agent = await sync_to_async(make.member)(role=Role.AGENT)
    browser = Client()
    await sync_to_async(browser.force_login)(agent)
    page = Page(thread, browser, browser.session.session_key, lane, dice)
    done = asyncio.Event()
    writers = [asyncio.create_task(write(thread, done, seed)) for seed in range(3)]
    cuts = CUTS if lane == "all" else CUTS // 10

    for _ in range(cuts):
        # Half of the cuts come at any moment, the others behind a frame, so that both kinds happen on every machine.
        await page.stay(*((dice.expovariate(1 / 0.04), -1) if dice.random() < 0.5 else (1.0, dice.randint(1, 3))))
        if dice.random() < 0.2:
            await asyncio.sleep(dice.uniform(0, 0.1))
    done.set()
    changes = sum(await asyncio.gather(*writers))
    await page.catch_up()

    await sync_to_async(thread.refresh_from_db)()
    head = thread.head(lane)
    assert page.applied == list(range(1, head + 1))
    assert changes >= 10
    if lane == "all":
        assert page.fetched
        assert page.pushed
        assert page.posts == await sync_to_async(fresh)(thread)


def fresh(thread: Thread) -> dict[int, str]:
    """The posts as a page made now shows them."""
    thread = Thread.objects.for_page().get(pk=thread.pk)
    posts = Post.objects.filter(thread=thread).exclude(kind=Kind.NOTE).select_related("author")
    return {post.pk: post_html(post, thread) for post in posts}
