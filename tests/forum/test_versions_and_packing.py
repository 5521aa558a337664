"""A page that a browser has already is not sent again, and what is sent is packed, once for all."""

import gzip

import brotli
import pytest

from community import kept
from forum.door import Door
from tests.forum.visiting import HTML, Inside, ask

pytestmark = pytest.mark.usefixtures("nobody_else")


async def test_a_browser_that_has_the_page_is_told_so_until_it_changes(door_of):
    door = door_of(Inside(headers=[HTML, (b"vary", b"Cookie")]))
    _, headers, _ = await ask(door)
    version = headers[b"etag"]
    assert (headers[b"cache-control"], headers[b"vary"]) == (b"no-cache", b"Cookie, Accept-Encoding")

    for has in (version, b"W/" + version, b'"another", ' + version, b"*"):
        status, again, body = await ask(door, (b"if-none-match", has))
        assert (status, again[b"etag"], again[b"vary"], body) == (304, version, b"Cookie, Accept-Encoding", b"")
        assert b"content-type" not in again
    assert (await ask(door, (b"if-none-match", b'"another"')))[0] == 200

    kept.outdate("thread:1")
    status, headers, body = await ask(door, (b"if-none-match", version))
    assert (status, body) == (200, b"page 2")
    assert headers[b"etag"] != version


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        (b"gzip, deflate, br, zstd", b"br"),
        (b"gzip", b"gzip"),
        (b"GZIP;q=0.5", b"gzip"),
        (b"br;q=0, gzip;q=1.0", b"gzip"),
        (b"br; q=0.0, gzip;q=0", None),
        (b"identity", None),
        (b"", None),
    ],
)
async def test_a_page_comes_packed_as_the_browser_takes_it_and_is_made_once(accepted, encoding):
    inside = Inside(says=b"word " * 200)
    door = Door(inside)
    plain = (await ask(door))[2]

    status, headers, body = await ask(door, (b"accept-encoding", accepted))

    unpacked = {b"br": brotli.decompress, b"gzip": gzip.decompress, None: bytes}[encoding](body)
    assert (status, headers.get(b"content-encoding"), unpacked) == (200, encoding, plain)
    assert headers[b"content-length"] == b"%d" % len(body)
    assert (await ask(door, (b"accept-encoding", accepted)))[2] is (body if encoding else plain)
    assert inside.asked == 1


async def test_each_packing_has_a_version_of_its_own():
    door = Door(Inside(says=b"word " * 200))

    versions = [(await ask(door, (b"accept-encoding", name)))[1][b"etag"] for name in (b"br", b"gzip", b"identity")]

    assert len(set(versions)) == 3
