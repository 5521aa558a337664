"""How each part is: bare words for machines."""

from datetime import timedelta

import pytest
from django_tasks_db.models import DBTaskResult

from community import clock
from forum.running import parts

pytestmark = pytest.mark.django_db

WHOLE = dict.fromkeys(parts.PARTS, "ok")


@pytest.fixture(autouse=True)
def looked_at_afresh(monkeypatch):
    monkeypatch.setattr(parts, "began_at", lambda: clock.now() - timedelta(hours=1))
    parts.forget()
    yield
    parts.forget()


@pytest.fixture(autouse=True)
def scheduled():
    """As the scheduler leaves it every minute."""
    return queued("community.desk.tasks.watch_clocks", status="SUCCESSFUL", path=next(iter(parts.scheduled())))


def queued(name: str, *, status: str = "READY", path: str = "", ago: timedelta = timedelta()) -> DBTaskResult:
    row = DBTaskResult.objects.create(
        task_path=path or name, status=status, args_kwargs={}, backend_name="default",
        run_after=clock.now() - ago, exception_class_path="", traceback="",
    )  # fmt: skip
    DBTaskResult.objects.filter(pk=row.pk).update(enqueued_at=clock.now() - ago)
    return row


def test_a_whole_forum_says_ok_of_each_part(client):
    answer = client.get("/health/parts")

    assert (answer.status_code, answer.json()) == (200, WHOLE)


def test_a_task_that_nobody_takes_says_that_the_worker_is_ill(client):
    queued("community.inbox.tasks.tell_of_post", ago=timedelta(minutes=5))

    answer = client.get("/health/parts")

    assert (answer.status_code, answer.json()) == (503, WHOLE | {"worker": "failed"})


def test_a_schedule_of_which_nothing_comes_says_that_the_scheduler_is_ill(client, scheduled):
    scheduled.delete()

    assert client.get("/health/parts").json() == WHOLE | {"scheduler": "failed"}


def test_what_waited_while_nothing_ran_alarms_nobody_in_the_first_two_minutes(client, scheduled, monkeypatch):
    scheduled.delete()
    queued("community.inbox.tasks.tell_of_post", ago=timedelta(hours=9))
    monkeypatch.setattr(parts, "began_at", lambda: clock.now() - timedelta(seconds=119))

    assert client.get("/health/parts").json() == WHOLE


def test_a_full_disk_and_a_channel_that_is_not_there_are_named(client, monkeypatch):
    monkeypatch.setattr(parts, "ROOM", 2**63)
    monkeypatch.setattr(parts, "get_channel_layer", lambda: None)

    assert client.get("/health/parts").json() == WHOLE | {"disk": "failed", "channels": "failed"}


def test_many_who_ask_are_answered_from_one_look(client, django_assert_num_queries):
    client.get("/health/parts")

    with django_assert_num_queries(0):
        client.get("/health/parts")
