"""One reader who takes nothing off the wire costs the others nothing and the server little. On a real server."""

import asyncio
import json
import socket

import pytest
from asgiref.sync import sync_to_async
from websockets.asyncio.client import connect

from tests import make
from tests.bench.load import memory_of
from tests.concurrency.sizes import LONG, crowded
from tests.server import Sender, Server

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.heavy]

POSTS = 60
LENGTHY = "word " * 9_000


async def sends_replies(server: Server, thread, member) -> None:
    from urllib.parse import urlencode
    from urllib.request import Request, urlopen

    from django.conf import settings
    from django.test import Client

    client = Client()
    await sync_to_async(client.force_login)(member)
    cookies = f"{settings.SESSION_COOKIE_NAME}={client.session.session_key}; {settings.CSRF_COOKIE_NAME}={'a' * 32}"
    for number in range(POSTS):
        body = urlencode({"csrfmiddlewaretoken": "a" * 32, "kind": "information", "body": f"{number} {LENGTHY}"})
        request = Request(f"{server.url}/threads/{thread.pk}/reply/", body.encode())
        request.add_header("Cookie", cookies)
        request.add_header("Origin", server.url)
        answer = await asyncio.to_thread(urlopen, request)
        assert answer.status == 200


def numb_reader(server: Server) -> socket.socket:
    """A browser whose tab was stopped: it takes nothing more off the wire."""
    numb = socket.create_connection(("127.0.0.1", server.port))
    numb.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8192)
    handshake = (
        f"GET /live/ HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nOrigin: {server.url}\r\nUpgrade: websocket\r\n"
        "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
    )
    numb.sendall(handshake.encode())
    return numb


async def test_a_reader_who_takes_nothing_is_dropped_and_the_others_get_everything_in_order(server):
    thread = await sync_to_async(make.thread)()
    member = await sync_to_async(make.member)()
    subscribe = json.dumps({"do": "subscribe", "stream": f"thread:{thread.pk}"})
    address = f"ws://127.0.0.1:{server.port}/live/"
    numb = numb_reader(server)
    await asyncio.sleep(1)
    # Masked with zeros, which changes nothing.
    numb.sendall(bytes([0x81, 0x80 | len(subscribe), 0, 0, 0, 0]) + subscribe.encode())

    async with connect(address, origin=server.url, max_size=None, compression=None) as quick:
        await quick.send(subscribe)
        assert json.loads(await quick.recv())["kind"] == "subscribed"
        sending = asyncio.create_task(sends_replies(server, thread, member))
        frames = [json.loads(await asyncio.wait_for(quick.recv(), 20)) for _ in range(POSTS)]
        await sending

    assert [frame["seq"] for frame in frames] == list(range(2, POSTS + 2))
    assert sum(len(frame["html"]) for frame in frames) > 2_000_000
    assert await asyncio.to_thread(is_cut, numb)


def is_cut(numb: socket.socket) -> bool:
    """Whether the server has ended the connection: what was under way can be read, and then comes the end."""
    numb.settimeout(10)
    total = 0
    try:
        while part := numb.recv(65536):
            total += len(part)
    except ConnectionResetError:
        pass
    except TimeoutError:
        return False
    return total < POSTS * len(LENGTHY)


if LONG:
    # Seconds, and events of each (yardsticks F13).
    GOES_ON, A_SECOND, WRITERS = 600, 50, 4
    # Seconds until nineteen of twenty frames have come; MiB by which the server may grow.
    WITHIN, GROWS = 0.5, 50

    async def test_ten_minutes_beside_one_who_takes_nothing(server, tally):
        thread = await sync_to_async(make.thread)()
        people = [await sync_to_async(lambda: Sender.of(server, make.member()))() for _ in range(WRITERS)]
        subscribe = json.dumps({"do": "subscribe", "stream": f"thread:{thread.pk}"})
        numb = numb_reader(server)
        await asyncio.sleep(1)
        numb.sendall(bytes([0x81, 0x80 | len(subscribe), 0, 0, 0, 0]) + subscribe.encode())
        now, weights = asyncio.get_running_loop().time, []
        # By the number of the event: when it was pressed, and when its frame came.
        pressed, came = {}, {}
        others, until = crowded(), now() + GOES_ON

        async def write(writer: int) -> None:
            number, began = writer, now()
            while now() < until:
                await asyncio.sleep(max(0, began + (number - writer) / A_SECOND - now()))
                pressed[number] = now()
                body = f"Event {number}. " + "word " * 500
                answer = await asyncio.to_thread(people[writer].post, f"/threads/{thread.pk}/reply/", body=body)
                assert answer.status == 302, answer.text
                number += WRITERS

        async def weigh() -> None:
            await asyncio.sleep(GOES_ON / 10)
            while now() < until:
                weights.append(memory_of([server.process.pid]))
                await asyncio.sleep(10)

        async def read(socket) -> None:
            # Two writers may overtake each other on the way: a page holds what came too soon (live-log.js).
            while len(came) < len(pressed) or now() < until:
                frame = json.loads(await socket.recv())
                if frame["seq"] is not None:
                    number = int(frame["html"].partition("Event ")[2].partition(".")[0])
                    assert number not in came
                    came[number] = now()

        address = f"ws://127.0.0.1:{server.port}/live/"
        async with connect(address, origin=server.url, max_size=None, compression=None) as quick:
            await quick.send(subscribe)
            assert json.loads(await quick.recv())["kind"] == "subscribed"
            async with asyncio.timeout(GOES_ON + 60):
                await asyncio.gather(read(quick), weigh(), *map(write, range(WRITERS)))

        others = max(others, crowded())
        took = sorted(came[number] - pressed[number] for number in pressed)
        p95 = took[len(took) * 95 // 100]
        more = f"{len(took) / GOES_ON:.0f} events a second, p95 from the press to the frame {p95 * 1000:.0f} ms"
        tally("F13", writers=WRITERS, acknowledged=len(took), lost=0, doubled=0, more=more)
        assert await asyncio.to_thread(is_cut, numb)
        assert p95 <= WITHIN * others, more
        assert max(weights) - weights[0] <= GROWS, weights
