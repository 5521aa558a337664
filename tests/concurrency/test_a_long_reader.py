"""Somebody reads one state of everything for long, as a backup does: others write on, and the journal shrinks again.

Collected where the tests have SQLite (conftest.py): its journal keeps what is written while somebody reads on.
"""

import sqlite3
import time
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections

from community import clock
from community.threads.models import Draft, Post
from tests import make
from tests.concurrency.sizes import LONG
from tests.server import Sender

pytestmark = pytest.mark.django_db(transaction=True)

WRITERS = 8
FORMS = 3
# So long the reader stays (seconds).
STAYS = 600 if LONG else 0
# In bytes, and seconds after the reader has ended (yardsticks F8).
MOST = 64 * 2**20
WITHIN = 60
COUNT = "SELECT count(*) FROM threads_post"


def test_the_journal_grows_while_somebody_reads_on_and_shrinks_when_he_ends(server, at_once, tally):
    thread, people = make.thread(), [make.member() for _ in range(WRITERS)]
    senders = [Sender.of(server, by) for by in people]
    file = Path(settings.DATABASES["default"]["NAME"])
    journal = file.with_name(f"{file.name}-wal")
    connections.close_all()
    server.start()

    def write(writer: int, forms: range) -> None:
        for n in forms:
            answer = senders[writer].post(f"/threads/{thread.pk}/reply/", body=f"Reply {n}.", token=f"{writer}-{n}")
            assert answer.status == 302, answer.text

    with closing(sqlite3.connect(file, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        [seen] = reader.execute(COUNT).fetchone()
        # As much as a large import brings.
        Draft.objects.create(thread=thread, author=thread.author, body="x" * MOST, updated_at=clock.now())
        until, rounds = time.monotonic() + STAYS, 0
        while not rounds or time.monotonic() < until:
            forms = range(rounds * FORMS, (rounds + 1) * FORMS)
            at_once([partial(write, writer, forms) for writer in range(WRITERS)])
            rounds += 1
        grown = journal.stat().st_size
        assert reader.execute(COUNT).fetchone() == (seen,)
        reader.execute("COMMIT")
    connections.close_all()

    written, n = rounds * FORMS, rounds * FORMS
    began = time.monotonic()
    while journal.stat().st_size >= MOST and time.monotonic() < began + WITHIN:
        write(0, range(n, n + 1))
        n += 1

    seconds, left = time.monotonic() - began, journal.stat().st_size
    server.stop()
    assert grown > MOST
    assert left < MOST
    assert Post.objects.filter(thread=thread).count() == 1 + WRITERS * written + n - written
    assert "locked" not in server.log
    call_command("check_consistency")
    more = f"reader of {STAYS} s, journal of {grown >> 20} MB, {left >> 20} MB {seconds:.1f} s after the reader ended"
    tally("F8", writers=WRITERS, acknowledged=WRITERS * written + n - written, lost=0, doubled=0, more=more)
