"""Two servers with Redis between them: no page is older than the last answered reply, whatever becomes of Redis."""

import asyncio
import http.client
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.conf import settings
from redis import Redis

from community import kept
from community.threads.actions import post_reply
from forum.door import several
from forum.door.several import InRedis
from forum.door.telling import LIST, Teller
from tests import make
from tests.concurrency.relay import Relay
from tests.server import LOCAL, Sender, Server

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.heavy]

ROUNDS = 100
ROUNDS_OF_TROUBLE = 6
# Neither test nor worker of the tests has this one.
DATABASE = 11


@pytest.fixture
def line() -> Iterator[Relay]:
    """The way to Redis; everybody of a test takes the same one."""
    relay = Relay(f"{settings.REDIS_URL.rpartition('/')[0]}/{DATABASE}")
    yield relay
    relay.close()


@pytest.fixture
def emptied(line: Relay) -> Iterator[Redis]:
    with Redis.from_url(line.url) as client:
        client.flushdb()
        yield client


@pytest.fixture
def servers(tmp_path: Path, line: Relay) -> Iterator[list[Server]]:
    two = [Server(tmp_path, "--web-only", REDIS_URL=line.url) for _ in range(2)]
    with ThreadPoolExecutor() as together:
        list(together.map(lambda server: server.start(), two))
    yield two
    for server in two:
        server.stop()


@pytest.fixture
def telling(line: Relay, monkeypatch) -> Teller:
    """This process, too, says what it outdates."""
    teller = Teller(line.url)
    monkeypatch.setattr(kept, "_listeners", [teller.tell])
    return teller


class Visitor:
    def __init__(self, server: Server) -> None:
        self.connection = http.client.HTTPConnection(LOCAL, server.port, timeout=30)

    def get(self, address: str, **headers: str) -> tuple[int, str, str]:
        """Status, version, text."""
        self.connection.request("GET", address, headers=headers)
        answer = self.connection.getresponse()
        return answer.status, answer.headers.get("ETag", ""), answer.read().decode()


def test_a_reply_sent_to_one_server_is_on_the_next_page_of_the_other(servers):
    thread = make.thread()
    senders = [Sender.of(server, make.member()) for server in servers]
    visitors = [Visitor(server) for server in servers]
    last = f"/threads/{thread.pk}/?page=1"

    for number in range(ROUNDS):
        other = 1 - number % 2
        _, before, _ = visitors[other].get(last)
        answer = senders[number % 2].post(f"/threads/{thread.pk}/reply/", body=f"reply {number}.", kind="information")
        last = answer.location.partition("#")[0]

        status, version, page = visitors[other].get(last)

        assert (status, f"reply {number}." in page) == (200, True)
        assert version != before
        # And from now on it is kept.
        assert visitors[other].get(last, **{"If-None-Match": version})[:2] == (304, version)


def test_whatever_becomes_of_redis_no_page_is_old(servers, line, emptied, telling):
    member = make.member()
    visitors = [Visitor(server) for server in servers]

    def changes_are_seen(trouble: Callable[[], None] = lambda: None) -> None:
        thread = make.thread()
        for number in range(ROUNDS_OF_TROUBLE):
            for visitor in visitors:
                visitor.get(thread.get_absolute_url())
            trouble()
            post_reply(by=member, thread=thread, body=f"reply {number}.")
            for visitor in visitors:
                status, _version, page = visitor.get(thread.get_absolute_url())
                assert (status, f"reply {number}." in page) == (200, True)

    changes_are_seen()
    changes_are_seen(emptied.flushdb)
    line.hang()
    changes_are_seen()
    line.mend()
    changes_are_seen()
    line.refuse()
    changes_are_seen()
    line.mend()
    changes_are_seen()


async def test_a_door_that_is_told_nothing_trusts_nothing_and_waits_but_once(line, monkeypatch):
    outdated: list[tuple[str, ...]] = []
    news = InRedis(line.url)
    news.listen(lambda marks: outdated.append(tuple(marks)))
    assert await news.catch_up()
    outdated.clear()

    line.hang()
    async with asyncio.timeout(2):
        assert await asyncio.gather(*(news.catch_up() for _ in range(50))) == [False] * 50
    assert outdated == [()]
    connecting = news.connection
    assert await news.catch_up() is False
    assert (connecting, news.connection) == (None, None)

    line.mend()
    monkeypatch.setattr(several.time, "monotonic", lambda: news.silent_until + 1)
    assert await news.catch_up()


async def test_a_process_that_could_not_say_what_it_changed_has_everybody_begin_anew(line):
    outdated: list[tuple[str, ...]] = []
    news, teller = InRedis(line.url), Teller(line.url)
    news.listen(lambda marks: outdated.append(tuple(marks)))
    teller.tell(("thread:1",))
    assert await news.catch_up()
    teller.tell(("thread:2", "lists"))
    assert await news.catch_up()
    assert outdated == [(), ("thread:2", "lists")]
    outdated.clear()

    # It loses its way to Redis, and the others do not.
    teller.pool.connection_kwargs["port"], port = 1, teller.pool.connection_kwargs["port"]
    teller.connection.disconnect()
    teller.connection = None
    teller.tell(("thread:3",))
    assert teller.owes
    teller.pool.connection_kwargs["port"] = port
    teller.tell(("thread:4",))

    assert not teller.owes
    assert await news.catch_up()
    assert outdated == [()]


async def test_where_nothing_can_be_written_or_the_list_is_too_long_everything_is_outdated(line, emptied, monkeypatch):
    outdated: list[tuple[str, ...]] = []
    news, teller = InRedis(line.url), Teller(line.url)
    news.listen(lambda marks: outdated.append(tuple(marks)))
    monkeypatch.setattr(several, "MOST_LINES", 5)
    assert await news.catch_up()
    outdated.clear()
    for number in range(10):
        teller.tell((f"thread:{number}",))
    assert await news.catch_up()
    assert outdated == [()]

    # Refused as by a Redis that is full.
    emptied.set(LIST, "no list")
    assert await news.catch_up() is False
    teller.tell(("thread:1",))

    assert not teller.owes
    assert not emptied.exists(LIST)
