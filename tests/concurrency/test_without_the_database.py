"""PostgreSQL drops its connections, and is gone for a while: people are told, and it goes on by itself.

Collected where the tests have a PostgreSQL (conftest.py).
"""

import time
from functools import partial

import pytest
from django.db import connection, connections
from django.tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from community.threads.models import Post
from forum.consistency import faults
from tests import make
from tests.concurrency.relay import Relay
from tests.concurrency.sizes import LONG
from tests.server import PATIENCE, Sender, Server, database_url

pytestmark = pytest.mark.django_db(transaction=True)

AWAY = 30 if LONG else 3  # seconds
ASKED_AT_ONCE = 16
CUT = "forum-to-be-cut"


@pytest.fixture
def relay():
    line = Relay(f"{database_url()}?application_name={CUT}")
    yield line
    line.close()


def test_pages_say_so_while_it_is_away_and_go_on_without_a_restart(
    transactional_db, queued, tmp_path, relay, at_once, tally
):
    server = Server(tmp_path, DATABASE_URL=relay.url)
    thread, members = make.thread(), [make.member() for _ in range(ASKED_AT_ONCE)]
    senders = [Sender.of(server, member) for member in members]
    sender, page = senders[0], thread.get_absolute_url()
    reply = partial(sender.post, f"/threads/{thread.pk}/reply/")
    connections.close_all()
    server.start()
    assert reply(body="Before.", token="before").status == 302

    with connection.cursor() as cursor:
        # The server's own: other threads of these tests keep theirs.
        cut = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = %s"
        cursor.execute(cut, [CUT])
        assert cursor.fetchone()[0] >= 2
    # What was in the pool is dead, and nobody sees it.
    assert [answer.status for answer in at_once([partial(each.get, page) for each in senders])] == [200] * len(senders)
    assert reply(body="After a cut.", token="cut").status == 302

    relay.refuse()
    began = time.monotonic()
    answers = [sender.get(page), reply(body="Kept for me.", token="away"), Sender(server, "").get(page)]
    assert [(answer.status, answer.retry_after) for answer in answers] == [(503, "10")] * 3
    assert "Kept for me." in answers[1].text
    assert (sender.get("/health/live").status, sender.get("/health/ready").status) == (200, 503)
    time.sleep(max(0, AWAY - (time.monotonic() - began)))
    relay.mend()

    back = time.monotonic()
    while sender.get(page).status == 503 and time.monotonic() < back + PATIENCE:
        time.sleep(0.1)
    seconds = time.monotonic() - back
    assert [answer.status for answer in at_once([partial(each.get, page) for each in senders])] == [200] * len(senders)
    assert reply(body="Kept for me.", token="away").status == 302
    # The worker is back at its work too.
    waiting = DBTaskResult.objects.filter(status__in=(TaskResultStatus.READY, TaskResultStatus.RUNNING))
    while waiting.exists() and time.monotonic() < back + PATIENCE:
        time.sleep(0.1)
    server.stop()

    assert not waiting.exists()
    tokens = Post.objects.exclude(client_token="").order_by("number").values_list("client_token", flat=True)
    assert list(tokens) == ["before", "cut", "away"]
    assert list(faults()) == []
    more = f"away for {AWAY} s, open again after {seconds:.1f} s"
    tally("F26", cuts=relay.cuts, acknowledged=3, lost=0, doubled=0, more=more)
