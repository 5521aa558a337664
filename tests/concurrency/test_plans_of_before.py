"""A migration gives a column another type while PostgreSQL holds plans for what we ask of it.

Collected where the tests have a PostgreSQL (conftest.py).
"""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from django.db import transaction
from django.tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from community.search.tasks import index_post
from community.threads.models import Post, Thread
from forum.plans import Outdated
from forum.settings.environment import ASKED_BEFORE_PREPARED
from forum.working import Worker
from tests import make
from tests.server import Sender, database_url

pytestmark = pytest.mark.django_db(transaction=True)

OFTEN = ASKED_BEFORE_PREPARED + 2
# Each connection that a server has open holds its own plans; it has no more of them than threads.
MOST_CONNECTIONS = 9


@contextmanager
def wider(table: str, column: str) -> Iterator[None]:
    """The column holds a character more meanwhile: what a migration of the next release does in another process."""

    def widen(by: int) -> None:
        with psycopg.connect(database_url()) as migrating:
            where = "(table_name, column_name) = (%s, %s)"
            asked = f"SELECT character_maximum_length FROM information_schema.columns WHERE {where}"
            [length] = migrating.execute(asked, [table, column]).fetchone()
            migrating.execute(f"ALTER TABLE {table} ALTER COLUMN {column} TYPE varchar({length + by})")

    widen(1)
    try:
        yield
    finally:
        widen(-1)


def test_pages_and_replies_of_a_running_server_go_on(server):
    thread, member = make.thread(), make.member()
    sender, page = Sender.of(server, member), thread.get_absolute_url()
    server.start()

    def reply(token: str) -> int:
        answer = sender.post(f"/threads/{thread.pk}/reply/", body="Kept for me.", token=token)
        assert answer.status == 302 or (answer.status, "Kept for me." in answer.text) == (503, True)
        return answer.status

    for number in range(OFTEN * 2):
        assert (reply(f"before {number}"), sender.get(page).status) == (302, 200)
    with wider("threads_thread", "title"):
        assert {sender.get(page).status for _ in range(OFTEN * 2)} == {200}
    with wider("threads_thread", "title"):
        # Whoever meets it in the middle is told so, once for each connection at most.
        assert 302 in [reply("after") for _ in range(MOST_CONNECTIONS + 1)]

    assert Post.objects.filter(client_token="after").count() == 1
    server.stop()


def test_a_question_is_asked_again_but_not_in_the_middle_of_a_transaction():
    thread = make.thread()
    titles = Thread.objects.filter(pk=thread.pk).values_list("title", flat=True)
    assert {titles.get() for _ in range(OFTEN)} == {thread.title}

    with wider("threads_thread", "title"):
        with pytest.raises(Outdated), transaction.atomic():
            titles.get()
        with transaction.atomic():
            assert {titles.get() for _ in range(OFTEN)} == {thread.title}
    with wider("threads_thread", "title"):
        assert titles.get() == thread.title


def test_a_task_that_meets_it_is_done_a_little_later(queued, monkeypatch):
    # The tests have no pool, which would hand out the same connection again.
    monkeypatch.setattr("django_tasks_db.management.commands.db_worker.close_old_connections", lambda: None)
    post = make.reply(make.thread(), by=make.member())
    for _ in range(OFTEN):
        index_post.call(post.pk)
    DBTaskResult.objects.all().delete()
    index_post.enqueue(post.pk)

    def work() -> DBTaskResult:
        Worker(interval=0, batch=True, worker_id="beside-a-migration").run()
        return DBTaskResult.objects.get()

    with wider("threads_post", "kind"):
        put_off = work()
        assert put_off.status == TaskResultStatus.READY
        assert put_off.run_after > put_off.enqueued_at
        DBTaskResult.objects.update(run_after=put_off.enqueued_at)
        assert work().status == TaskResultStatus.SUCCESSFUL
