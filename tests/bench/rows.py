"""What is measured, and our goals: what the best peer reaches and what a server can do at all, on two cores."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from . import browsing
from .load import Measured, Requests, measure
from .serving import Forum

# A cookie that means nothing keeps the door from answering.
INSIDE = "measured=inside"
NOTHING = "nothing (a view that does nothing)"
AT_THE_DOOR, MADE_ANEW = ", at the door", ", made anew"
SEARCH = "/search/?q=signing+timeout"
WITH_MUCH_OPEN = "what is open"


@dataclass(frozen=True)
class Goal:
    """`figure` of a row is at most, or with `at_least` at least, `bound`."""

    figure: str
    bound: float
    at_least: bool = False

    def is_met(self, reached: float) -> bool:
        return reached >= self.bound if self.at_least else reached <= self.bound


@dataclass
class Row:
    """Times in milliseconds. `beside` is the rate ÷ the rate of the view that does nothing."""

    name: str
    width: int
    rate: float
    p50: float
    p99: float
    cpu: float | None = None
    size: int | None = None
    queries: int | None = None
    refused: int = 0
    beside: float | None = None
    memory: float | None = None
    goal: Goal | None = None

    @property
    def is_met(self) -> bool | None:
        reached = getattr(self, self.goal.figure) if self.goal else None
        return self.goal.is_met(reached) if self.goal and reached is not None else None


@dataclass(frozen=True)
class Job:
    name: str
    requests: Requests
    path: str = ""
    cookie: str = ""
    widths: tuple[int, ...] = (1, 16)
    goal: Goal | None = None


def jobs(forum: Forum) -> Iterator[Job]:
    long, twenty = forum.filled["long"], forum.filled["twenty"]
    member, agent, moderator = (forum.cookie(who) for who in ("reader", "agent", "moderator"))
    posts = forum.filled["posts"]
    last_page, last_list = -(-posts // 20), max(1, min(300, forum.filled["threads"] // 30))

    def page(name: str, path: str, *, cookie: str = "", cpu: float | None = None) -> Job:
        goal = Goal("cpu", cpu) if cpu else None
        return Job(name, browsing.page(forum.url, path, cookie=cookie), path, cookie or INSIDE, goal=goal)

    def made_and_given(name: str, path: str) -> Iterator[Job]:
        yield page(f"{name}{AT_THE_DOOR}", path, cpu=0.5)
        yield page(f"{name}{MADE_ANEW}", path, cookie=INSIDE)

    yield page(NOTHING, "/nothing/")
    yield from made_and_given("home", "/")
    yield from made_and_given("list", "/threads/")
    yield page(f"list, page {last_list}, made anew", f"/threads/?page={last_list}", cookie=INSIDE)
    yield from made_and_given("thread of 20 posts", twenty)
    yield from made_and_given(f"page 5 of {posts} posts", f"{long}?page=5")
    for number in sorted({1, min(300, last_page), last_page}):
        path = f"{long}?page={number}" if number > 1 else long
        yield page(f"page {number} of {posts} posts, made anew", path, cookie=INSIDE)
    yield page("search, two words, at the door", SEARCH, cpu=0.5)
    yield page("search, two words, made anew", SEARCH, cookie=INSIDE, cpu=8)
    yield page("thread of 20 posts, signed in", twenty, cookie=member, cpu=6)
    yield page(f"desk, {WITH_MUCH_OPEN}", "/desk/", cookie=agent)
    yield page(f"queue, {WITH_MUCH_OPEN}", "/moderation/", cookie=moderator)
    writing = browsing.replies(forum.url, f"/threads/{forum.filled['long_id']}/reply/", cookie=member)
    enough = 80 if "postgres" not in forum.environment["DATABASE_URL"] else 150
    yield Job("posting a reply, 1 writer", writing, widths=(1,))
    yield Job("posting a reply, 8 writers, one thread", writing, widths=(8,), goal=Goal("rate", enough, at_least=True))
    yield page("nothing, once more", "/nothing/")


def measured_rows(
    forum: Forum, seconds: float, said: Callable[[str], None], *, only: str = "", most: int = 16
) -> Iterator[Row]:
    """`most` connections at once; `only` what has this in its name."""
    nothing: dict[bool, float] = {}
    for job in jobs(forum):
        if only not in job.name and job.name != NOTHING:
            continue
        said(job.name)
        asked = browsing.queries(forum.url, job.path, cookie=job.cookie) if job.path else None
        for width in sorted({min(width, most) for width in job.widths}):
            row = row_of(job.name, width, forum.url, forum.pids, job.requests, seconds)
            row.queries, row.goal = asked, job.goal
            nothing.setdefault(width == 1, row.rate)
            row.beside = row.rate / nothing[width == 1]
            yield row


def peers(seconds: float, said: Callable[[str], None]) -> Iterator[Row]:
    """PEER=name=url,name=url: pages of another forum on this machine, in the same run."""
    for named in filter(None, os.environ.get("PEER", "").split(",")):
        name, _, url = named.partition("=")
        said(name)
        base, _, path = url.removeprefix("http://").partition("/")
        request = browsing.page(f"http://{base}", f"/{path}", cookie=os.environ.get("PEER_COOKIE", ""))
        for width in (1, 16):
            yield row_of(name, width, f"http://{base}", [], request, seconds)


def row_of(name: str, width: int, url: str, pids: list[int], requests: Requests, seconds: float) -> Row:
    address = browsing.address_of(url)
    measure(address, pids, requests, connections=width, seconds=min(0.5, seconds))
    found: Measured = measure(address, pids, requests, connections=width, seconds=seconds)
    cpu = found.cpu_each if pids else None
    p50, p99 = found.percentile(50), found.percentile(99)
    return Row(name, width, found.rate, p50, p99, cpu, found.size, refused=found.refused)
