"""The server is killed while eight people post: what was answered as done is there, once and whole."""

import os
import random
import time
from dataclasses import dataclass, field
from functools import partial
from http.client import HTTPException
from threading import Event

import pytest
from django.core.management import call_command
from django.db import connection, connections

from community.threads.models import EntryKind, LogEntry, Post, Thread
from tests import make
from tests.concurrency.sizes import LONG, SOAK, crowded
from tests.server import Sender

pytestmark = pytest.mark.django_db(transaction=True)

WRITERS = 8
KILLS = int(os.environ.get("KILLS", 8 * SOAK))
# So many forms are answered before a kill, at most, however slow the machine is.
ANSWERS = 40
# Seconds until pages are answered again (yardsticks F1).
READY_WITHIN = 5


@dataclass
class Writer:
    """Replies, and asks a question now and then; sends again, with the same token, what was not answered."""

    sender: Sender
    thread: Thread
    name: str
    sent: int = 0
    retried: int = 0
    is_writing: bool = True
    # Token and the address that was answered.
    done: dict[str, str] = field(default_factory=dict)

    def write(self, killed: Event) -> None:
        try:
            while not killed.is_set():
                self.write_one()
        except (OSError, HTTPException):
            self.retried += 1
        finally:
            self.is_writing = False

    def write_one(self) -> None:
        token = f"{self.name}-{self.sent}"
        words = f"Written as {token}."
        if self.sent % 5 == 4:
            space = str(self.thread.space_id)
            asked = {"title": words, "body": words, "space": space, "genre": "question", "audience": "everyone"}
            answer = self.sender.post("/ask/", **asked, token=token)
        else:
            answer = self.sender.post(f"/threads/{self.thread.pk}/reply/", body=words, token=token)
        assert answer.status == 302, answer.text
        self.done[token] = answer.location
        self.sent += 1


def test_what_was_answered_as_done_survives_every_kill(server, at_once, tally, dice: random.Random):
    thread = make.thread()
    writers = [Writer(Sender.of(server, by), thread, by.handle) for by in [make.member() for _ in range(WRITERS)]]
    starts: list[float] = []

    def answered() -> int:
        return sum(writer.sent for writer in writers)

    def start() -> None:
        # Nobody else has the database open when the server dies, so the next one has to recover it alone.
        connections.close_all()
        before = crowded() if LONG else 1
        took = server.start()
        starts.append(took / (max(before, crowded()) if LONG else 1))

    def kill(killed: Event) -> None:
        enough = answered() + dice.randint(1, ANSWERS)
        while answered() < enough and any(writer.is_writing for writer in writers):
            time.sleep(0.002)
        time.sleep(dice.uniform(0, 0.1))
        server.kill()
        killed.set()

    for _kill in range(KILLS):
        start()
        killed = Event()
        for writer in writers:
            writer.is_writing = True
        at_once([*(partial(writer.write, killed) for writer in writers), partial(kill, killed)])

    start()
    for writer in writers:
        writer.write_one()
    server.stop()

    done = {token: address for writer in writers for token, address in writer.done.items()}
    kept = {post.client_token: post for post in Post.objects.exclude(client_token="").select_related("thread")}
    assert kept.keys() == done.keys()
    assert {token: place(kept[token].get_absolute_url()) for token in done} == {
        token: place(address) for token, address in done.items()
    }
    logged = LogEntry.objects.filter(kind__in=(EntryKind.REPLIED, EntryKind.ASKED)).values_list("post", flat=True)
    assert sorted(logged) == sorted(Post.objects.values_list("pk", flat=True))
    call_command("check_consistency")
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            assert cursor.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert "Traceback" not in server.log
    if LONG:
        # Where already the first start, which recovers nothing, takes long, recovering at most doubles it.
        assert max(starts) <= max(READY_WITHIN, 2 * starts[0])
    again = sum(writer.retried for writer in writers)
    more = f"{again} cut off and sent again; ready again in {min(starts):.1f} to {max(starts):.1f} s"
    tally("F1", kills=KILLS, writers=WRITERS, acknowledged=len(done), lost=0, doubled=0, more=more)


def place(address: str) -> str:
    """The page a post was answered with; a question's address names no post."""
    return address.partition("#")[0]
