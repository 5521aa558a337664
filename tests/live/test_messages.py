"""Whatever a client sends, it gets an answer it can read, and the server goes on."""

import json

import pytest

from community.live import consumers, limits
from community.live.routing import websockets
from tests.live.reading import Reader, headers

BROKEN = {
    "not json": "broken",
    "[]": "broken",
    "7": "broken",
    "null": "broken",
    '"subscribe"': "broken",
    "[" * 9000: "broken",
    "9" * 9000: "broken",
    '{"do": 9' + "9" * 5000 + "}": "broken",
    "{}": "unknown",
    '{"do": null}': "unknown",
    '{"do": ["subscribe"]}': "unknown",
    '{"do": {"a": 1}}': "unknown",
    '{"do": "shut"}': "unknown",
    '{"do": "websocket.disconnect"}': "unknown",
    '{"type": "websocket_disconnect"}': "unknown",
    '{"type": "offer", "do": "leave"}': "unknown",
    '{"do": "subscribe"}': "stream",
    '{"do": "subscribe", "stream": 4}': "stream",
    '{"do": "subscribe", "stream": ""}': "stream",
    '{"do": "subscribe", "stream": "thread:1\\u0000"}': "stream",
    '{"do": "subscribe", "stream": "thread:\\ud800"}': "stream",
    '{"do": "subscribe", "stream": "thread:٤"}': "stream",
    '{"do": "subscribe", "stream": "live.control"}': "stream",
    json.dumps({"do": "subscribe", "stream": "thread:" + "1" * 80}): "stream",
    '{"do": "subscribe", "stream": "thread:1", "since": -1}': "broken",
    '{"do": "subscribe", "stream": "thread:1", "since": "5"}': "broken",
    '{"do": "subscribe", "stream": "thread:1", "since": 1.5}': "broken",
    '{"do": "subscribe", "stream": "thread:1", "since": NaN}': "broken",
    '{"do": "subscribe", "stream": "thread:1", "since": true}': "broken",
    '{"do": "subscribe", "stream": "thread:1", "since": 1e400}': "broken",
    '{"do": "subscribe", "stream": "thread:1", "since": 99999999999999999999}': "broken",
    '{"do": "typing", "stream": "thread:1"}': "not_listening",
    '{"do": "ping", "pad": "' + "x" * 17000 + '"}': "oversize",
    '{"do": "ping", "pad": "' + "é" * 9000 + '"}': "oversize",
}


@pytest.mark.parametrize(("text", "code"), BROKEN.items(), ids=[text[:40] for text in BROKEN])
async def test_a_broken_message_gets_an_error_frame_and_the_socket_lives_on(visiting, caplog, text, code):
    async with visiting() as reader:
        await reader.send_to(text_data=text)

        answer = await reader.next()

        assert (answer["kind"], answer["code"], answer["stream"], answer["seq"]) == ("error", code, None, None)
        await reader.say("ping")
        assert (await reader.next())["kind"] == "pong"
    assert caplog.records == []


async def test_bytes_are_not_a_message(visiting):
    async with visiting() as reader:
        await reader.send_to(bytes_data=b"\x00\xff")

        assert (await reader.next())["code"] == "binary"


async def test_ten_errors_close_the_socket(visiting):
    async with visiting() as reader:
        for _ in range(limits.ERRORS_PER_SOCKET):
            await reader.send_to(text_data="?")

        assert await reader.closed_with() == consumers.TOO_MANY_ERRORS


async def test_a_flood_is_told_to_wait_and_then_closed(visiting):
    async with visiting() as reader:
        for _ in range(limits.MESSAGES_AT_ONCE + limits.ERRORS_PER_SOCKET):
            await reader.say("ping")

        kinds = [(await reader.next()).get("code", "pong") for _ in range(limits.MESSAGES_AT_ONCE + 1)]
        assert kinds == ["pong"] * limits.MESSAGES_AT_ONCE + ["too_fast"]
        assert await reader.closed_with() == consumers.TOO_MANY_ERRORS


def test_a_flood_that_slows_down_is_heard_again(monkeypatch):
    moment = 0.0
    monkeypatch.setattr(limits.time, "monotonic", lambda: moment)
    bucket = limits.Bucket(2, 1.0)

    assert [bucket.take() for _ in range(3)] == [True, True, False]
    moment = 1.0
    assert [bucket.take() for _ in range(2)] == [True, False]


async def test_an_address_with_too_many_sockets_gets_no_more(monkeypatch):
    monkeypatch.setattr(limits, "SOCKETS_PER_ADDRESS", 2)
    opened = []
    for _ in range(3):
        reader = Reader(websockets, "/live/", headers())
        reader.scope["client"] = ["203.0.113.9", 4711]
        opened.append((reader, (await reader.connect())[0]))

    assert [connected for _, connected in opened] == [True, True, False]
    for reader, connected in opened:
        if connected:
            await reader.disconnect()
    assert limits.door.inside == {}


async def test_an_address_that_opens_too_fast_must_wait(monkeypatch, knock):
    monkeypatch.setattr(limits, "OPENINGS_AT_ONCE", 3)
    monkeypatch.setattr(limits, "OPENINGS_PER_SECOND", 0.0)
    monkeypatch.setattr(limits.door, "openings", type(limits.door.openings)())

    async def open_from(address):
        reader = Reader(websockets, "/live/", headers())
        reader.scope["client"] = [address, 4711]
        connected, _ = await reader.connect()
        if connected:
            await reader.disconnect()
        return connected

    assert [await open_from("203.0.113.9") for _ in range(4)] == [True, True, True, False]
    assert await open_from("203.0.113.10")


def test_behind_proxies_the_address_is_what_the_outermost_of_ours_saw(settings):
    settings.TRUSTED_PROXY_COUNT = 1
    scope = {"headers": [(b"x-forwarded-for", b"6.6.6.6, 203.0.113.9")], "client": ["10.0.0.1", 1]}

    assert limits.address_of(scope) == "203.0.113.9"
