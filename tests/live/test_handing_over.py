"""One frame reaches everybody who listens, once and in order, whatever else happens."""

import asyncio
import json
import logging
import threading

import pytest
from asgiref.sync import sync_to_async

from community.live import consumers, hub, postman, switchboard
from community.live.messages import frame
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)


async def test_everybody_on_the_stream_gets_it_and_nobody_else(visiting):
    thread = await sync_to_async(make.thread)()
    other = await sync_to_async(make.thread)()
    async with visiting() as here, visiting() as here_too, visiting() as elsewhere:
        await here.listen(f"thread:{thread.pk}")
        await here_too.listen(f"thread:{thread.pk}")
        await elsewhere.listen(f"thread:{other.pk}")

        hub.send(f"thread:{thread.pk}", frame("replied", f"thread:{thread.pk}", seq=2, html="<p>é 🙂</p>"), seq=2)

        for reader in (here, here_too):
            assert await reader.next() == {
                "stream": f"thread:{thread.pk}",
                "seq": 2,
                "kind": "replied",
                "html": "<p>é 🙂</p>",
            }
            assert await reader.hears_nothing(0.05)
        assert await elsewhere.hears_nothing()


async def test_frames_from_other_threads_arrive_in_the_order_in_which_they_were_sent(visiting):
    thread = await sync_to_async(make.thread)()
    stream = f"thread:{thread.pk}"

    def send_many():
        for seq in range(2, 202):
            hub.send(stream, frame("replied", stream, seq=seq), seq=seq)

    async with visiting() as reader:
        await reader.listen(stream)

        threading.Thread(target=send_many).start()

        assert [(await reader.next())["seq"] for _ in range(200)] == list(range(2, 202))


async def test_subscribing_twice_is_once(visiting):
    async with visiting() as reader:
        await reader.listen("list:all")
        await reader.listen("list:all")

        hub.send("list:all", frame("hint", "list:all", thread=1))

        assert (await reader.next())["kind"] == "hint"
        assert await reader.hears_nothing()


async def test_after_unsubscribing_nothing_comes(visiting):
    async with visiting() as reader:
        await reader.listen("list:all")
        await reader.say("unsubscribe", "list:all")
        assert (await reader.next())["kind"] == "unsubscribed"

        hub.send("list:all", frame("hint", "list:all", thread=1))

        assert await reader.hears_nothing()


async def test_a_change_while_the_right_is_being_asked_is_not_lost(visiting, monkeypatch):
    thread = await sync_to_async(make.thread)()
    stream = f"thread:{thread.pk}"
    asked = switchboard.policies.standing
    questions = []

    def change_meanwhile(name, member_ids):
        answer = asked(name, member_ids)
        questions.append(name)
        if len(questions) == 2:
            hub.send(stream, frame("replied", stream, seq=2), seq=2)
        return answer

    monkeypatch.setattr(switchboard.policies, "standing", change_meanwhile)
    async with visiting() as reader:
        answer = await reader.listen(stream)

        assert answer["head"] == 2 or (await reader.next())["seq"] == 2
    assert len(questions) == 2


async def test_a_reader_who_does_not_read_is_dropped_and_the_others_get_everything(visiting):
    thread = await sync_to_async(make.thread)()
    stream = f"thread:{thread.pk}"
    async with visiting() as slow, visiting() as quick:
        await slow.listen(stream)
        stuck = next(iter(hub.serving().sockets))
        await quick.listen(stream)
        stuck.line = StuckLine(stuck.line)

        for seq in range(2, 2 + consumers.WAITING_FRAMES + 1):
            hub.send(stream, frame("replied", stream, seq=seq, html="x" * 100), seq=seq)

        received = [(await quick.next())["seq"] for _ in range(consumers.WAITING_FRAMES + 1)]
        assert received == list(range(2, 2 + consumers.WAITING_FRAMES + 1))
        assert await slow.closed_with() == consumers.TOO_SLOW
        assert len(hub.serving().sockets) == 1
        assert not stuck.waiting


async def test_what_waits_for_one_reader_never_exceeds_a_megabyte(visiting):
    thread = await sync_to_async(make.thread)()
    stream = f"thread:{thread.pk}"
    async with visiting() as slow:
        await slow.listen(stream)
        [stuck] = hub.serving().sockets
        stuck.line = StuckLine(stuck.line)

        for seq in range(2, 14):
            hub.send(stream, frame("replied", stream, seq=seq, html="x" * 100_000), seq=seq)

        assert await slow.closed_with() == consumers.TOO_SLOW
        assert stuck.waiting_bytes <= consumers.WAITING_BYTES + 100_100


class StuckLine:
    def __init__(self, line):
        self.line = line

    def write(self, text):
        raise AssertionError("nothing leaves a stuck line")

    def backlog(self):
        return consumers.AHEAD_BYTES


async def test_a_reader_who_pauses_gets_everything_in_order(visiting, monkeypatch):
    thread = await sync_to_async(make.thread)()
    stream = f"thread:{thread.pk}"
    async with visiting() as reader:
        await reader.listen(stream)
        [socket] = hub.serving().sockets
        monkeypatch.setattr(type(socket.line), "backlog", lambda line: consumers.AHEAD_BYTES)
        for seq in range(2, 52):
            hub.send(stream, frame("replied", stream, seq=seq), seq=seq)
        assert await reader.hears_nothing()

        monkeypatch.setattr(type(socket.line), "backlog", lambda line: 0)

        assert [(await reader.next())["seq"] for _ in range(50)] == list(range(2, 52))


async def test_a_frame_lost_on_the_way_is_noticed_without_a_next_one(visiting, monkeypatch):
    monkeypatch.setattr(switchboard, "SWEEP", 0.05)
    thread = await sync_to_async(make.thread)()
    stream = f"thread:{thread.pk}"
    async with visiting() as reader:
        await reader.listen(stream)
        monkeypatch.setattr(hub, "send", lambda *args, **kwargs: None)

        await sync_to_async(make.reply)(thread)

        assert await reader.next() == {"stream": stream, "seq": None, "kind": "head", "head": 2}
        assert await reader.hears_nothing(0.3)


class BrokenLayer:
    async def new_channel(self, prefix=""):
        raise ConnectionError("no Redis here")

    group_add = group_send = new_channel


async def test_without_a_channel_layer_a_change_still_happens_and_is_said_once(visiting, monkeypatch, caplog):
    for module in (switchboard, postman):
        monkeypatch.setattr(module, "get_channel_layer", BrokenLayer)
    async with visiting() as reader:
        answer = await reader.listen("list:all")
        caplog.clear()

        with caplog.at_level(logging.WARNING):
            for _ in range(5):
                hub.send("list:all", frame("hint", "list:all", thread=1))
            await asyncio.sleep(0.1)

        assert (answer["kind"], answer["code"]) == ("error", "unavailable")
        assert len(caplog.records) == 1


def test_where_nobody_listens_sending_is_nothing():
    hub.send("list:all", frame("hint", "list:all", thread=1))


async def test_an_empty_stream_is_left(visiting, monkeypatch, soon):
    monkeypatch.setattr(switchboard, "SWEEP", 0.02)
    async with visiting() as other:
        await other.listen("list:all")
        async with visiting() as reader:
            thread = await sync_to_async(make.thread)()
            await reader.listen(f"thread:{thread.pk}")
            assert set(hub.serving().streams) == {"list:all", f"thread:{thread.pk}"}

        assert await soon(lambda: set(hub.serving().streams) == {"list:all"})


async def test_typing_is_shown_to_the_others_and_only_so_often(visiting):
    thread = await sync_to_async(make.thread)()
    stream = f"thread:{thread.pk}"
    agent = await sync_to_async(make.member)("maildesk", role="agent", name="Mail desk")
    async with visiting() as visitor, visiting(agent) as writer, visiting(agent) as other_tab:
        for reader in (visitor, writer, other_tab):
            await reader.listen(stream)

        for _ in range(3):
            await writer.say("typing", stream)

        assert await visitor.next() == {
            "stream": stream,
            "seq": None,
            "kind": "presence",
            "who": "Mail desk",
            "handle": "maildesk",
            "role": "agent",
            "lasts": 6,
        }
        for reader in (visitor, writer, other_tab):
            assert await reader.hears_nothing()


async def test_a_visitor_is_not_shown_as_replying(visiting):
    thread = await sync_to_async(make.thread)()
    async with visiting() as reader:
        await reader.listen(f"thread:{thread.pk}")

        await reader.say("typing", f"thread:{thread.pk}")

        assert (await reader.next())["code"] == "sign_in"


async def test_typing_in_a_locked_thread_is_shown_to_nobody(visiting):
    member = await sync_to_async(make.member)()
    thread = await sync_to_async(make.thread)(locked_at=member.joined_at, locked_because="enough")
    stream = f"thread:{thread.pk}"
    async with visiting() as visitor, visiting(member) as writer:
        await visitor.listen(stream)
        await writer.listen(stream)

        await writer.say("typing", stream)

        assert await visitor.hears_nothing()


def test_frames_are_small_and_say_what_they_are():
    assert json.loads(frame("pong")) == {"stream": None, "seq": None, "kind": "pong"}
