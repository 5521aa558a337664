"""Whatever somebody sends along, the next visitor gets the page that he would have got without him."""

import asyncio

import pytest
from asgiref.testing import ApplicationCommunicator

from community import clock, kept
from forum.door import Door
from forum.pages import Pages
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)

HOST = (b"host", b"testserver")
ODD = {
    "another host": {"headers": [(b"host", b"localhost")]},
    "a host of nobody's": {"headers": [(b"host", b"evil.example")]},
    "a port": {"headers": [(b"host", b"testserver:8443")]},
    "a host in capitals": {"headers": [(b"host", b"TestServer")]},
    "two hosts": {"headers": [HOST, (b"host", b"localhost")]},
    "a forwarded host": {"headers": [HOST, (b"x-forwarded-host", b"evil.example")]},
    "a forwarded port": {"headers": [HOST, (b"x-forwarded-port", b"1")]},
    "a forwarded scheme": {"headers": [HOST, (b"x-forwarded-proto", b"https")]},
    "a forwarded way": {"headers": [HOST, (b"forwarded", b"host=evil.example;proto=https")]},
    "another address": {"headers": [HOST, (b"x-original-url", b"/admin/"), (b"x-rewrite-url", b"/admin/")]},
    "another method": {"headers": [HOST, (b"x-http-method-override", b"POST")]},
    "a prefix": {"root_path": "/evil"},
    "the other scheme": {"scheme": "https"},
    "a theme": {"headers": [HOST, (b"cookie", b"theme=dark")]},
    "a session of nobody's": {"headers": [HOST, (b"cookie", b"sessionid=x")]},
    "a token": {"headers": [HOST, (b"cookie", b"csrftoken=x")]},
    "a language": {"headers": [HOST, (b"cookie", b"language=de")]},
    "a language asked for": {"headers": [HOST, (b"accept-language", b"ar")]},
    "two languages": {"headers": [HOST, (b"cookie", b"language=de"), (b"cookie", b"language=fr")]},
    "JSON": {"headers": [HOST, (b"accept", b"application/json")]},
    "anything": {"headers": [HOST, (b"accept", b"*/*;q=0.1")]},
    "a part of a page": {"headers": [HOST, (b"hx-request", b"true"), (b"hx-target", b"main")]},
    "a part of a file": {"headers": [HOST, (b"range", b"bytes=0-10")]},
    "only if it is new": {"headers": [HOST, (b"if-none-match", b"*")]},
    "nothing but the head": {"method": "HEAD"},
    "an odd name": {"query_string": b"%70age=1"},
    "an odd end": {"query_string": b"page=1&&;%00"},
    "bytes that are no text": {"query_string": b"page=%ff%fe"},
    "a fragment": {"query_string": b"#page=2"},
}


async def visit(application, path: str, **scope) -> tuple[int, dict[bytes, bytes], bytes]:
    request = {"type": "http", "method": "GET", "path": path, "query_string": b"", "scheme": "http", "headers": [HOST]}
    server = ApplicationCommunicator(application, request | scope)
    await server.send_input({"type": "http.request", "body": b""})
    start, end = await server.receive_output(20), await server.receive_output(20)
    await server.wait(20)
    return start["status"], {name.lower(): value for name, value in start["headers"]}, end.get("body", b"")


@pytest.fixture
def pages(nobody_else):
    pages = Pages(threads=1)
    yield pages
    pages.pool.shutdown()


@pytest.mark.parametrize("kind", ["thread", "list"])
async def test_nothing_that_is_sent_along_comes_to_the_next_visitor(pages, kind):
    # How long ago something was may change at any moment.
    clock.set_to(clock.now())
    thread = await asyncio.to_thread(make.thread, title="Device offline")
    address = thread.get_absolute_url() if kind == "thread" else "/threads/"
    door = Door(pages)
    expected = (await visit(pages, address))[2]
    assert b"Device offline" in expected

    for name, odd in ODD.items():
        inside = await visit(pages, address, **odd)
        # First when the shelf is empty, then when it has everybody else's page.
        for _time in range(2):
            given = await visit(door, address, **odd)
            if name != "only if it is new":
                assert (name, given[0], given[2]) == (name, inside[0], inside[2])
            again = await visit(door, address)
            assert (name, again[0], again[2]) == (name, 200, expected)
            assert b"set-cookie" not in again[1]
        kept.outdate()


async def test_a_visitors_page_says_on_what_it_depends(pages):
    door = Door(pages)

    _, headers, _ = await visit(door, "/threads/")

    assert {name.strip() for name in headers[b"vary"].lower().split(b",")} >= {
        b"accept-language",
        b"cookie",
        b"accept-encoding",
    }
    assert kept.MARK.lower().encode() not in headers
    assert headers[b"cache-control"] == b"no-cache"
