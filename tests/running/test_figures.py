"""What an operator counts, who may read it, and that counting asks nobody."""

import logging
import os
import re
import subprocess
import sys
from datetime import timedelta

import pytest
from django.test import Client
from django_tasks_db.models import DBTaskResult

from community import clock
from tests import make
from tests.server import ROOT

pytestmark = pytest.mark.django_db


def figures(client: Client, **headers: str) -> dict[str, float]:
    page = client.get("/metrics", headers={"authorization": "Bearer inside", **headers})
    assert page.status_code == 200
    lines = [line.rpartition(" ") for line in page.content.decode().splitlines() if not line.startswith("#")]
    return {name: float(value) for name, _, value in lines}


@pytest.fixture(autouse=True)
def token(settings):
    settings.METRICS_TOKEN = "inside"


def test_requests_are_counted_by_view_and_status(client):
    thread = make.thread()
    name = 'forum_request_seconds_count{status="200",view="threads:detail"}'
    before = figures(client).get(name, 0)

    client.get(thread.get_absolute_url())

    assert figures(client)[name] == before + 1


def test_a_page_asks_the_database_nothing_more_for_being_counted(client, settings, django_assert_num_queries):
    # robots.txt asks nothing, so whatever is asked is asked for the figures and the line.
    with django_assert_num_queries(0):
        client.get("/robots.txt")


def test_the_queue_tells_how_much_waits_and_for_how_long(client):
    queued("community.inbox.tasks.send_mail", waits=90)
    queued("community.inbox.tasks.send_mail", waits=10)
    queued("community.tickets.tasks.push", status="FAILED")

    told = figures(client)

    assert told['forum_tasks_waiting{task="community.inbox.tasks.send_mail"}'] == 2
    assert told['forum_tasks_oldest_seconds{task="community.inbox.tasks.send_mail"}'] == pytest.approx(90, abs=5)
    assert told['forum_tasks_failed{task="community.tickets.tasks.push"}'] == 1


def test_errors_after_which_work_went_on_are_counted(client):
    from forum.running.figures import CountErrors

    CountErrors().handle(logging.LogRecord("community.errands", logging.ERROR, "", 0, "Not done", (), None))

    assert figures(client)['forum_errors_total{by="community.errands"}'] >= 1


@pytest.mark.parametrize(("token", "networks", "headers", "is_told"), [
    ("", [], {}, False),
    ("inside", [], {"authorization": "Bearer inside"}, True),
    ("inside", [], {"authorization": "Bearer outside"}, False),
    ("", [], {"authorization": "Bearer "}, False),
    ("", ["127.0.0.0/8"], {}, True),
    ("", ["10.0.0.0/8"], {}, False),
    ("", ["127.0.0.0/8"], {"x-forwarded-for": "127.0.0.1"}, False),
])  # fmt: skip
def test_only_the_operator_reads_them(client, settings, token, networks, headers, is_told):
    settings.METRICS_TOKEN, settings.METRICS_FROM = token, networks

    answer = client.get("/metrics", headers=headers, follow=True)

    assert (answer.status_code, b"forum_request_seconds" in answer.content) == (
        (200, True) if is_told else (404, False)
    )


def test_the_processes_of_a_host_count_together(tmp_path):
    """Two processes count, a third one tells the sum; what a dead one had open is gone with it."""
    environment = os.environ | {"PROMETHEUS_MULTIPROC_DIR": str(tmp_path / "figures"), "DATA_DIR": str(tmp_path)}
    counting = "from forum.running import figures; from community.live.figures import SOCKETS; "

    def run(code: str) -> str:
        command = [sys.executable, "-c", counting + code]
        return subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True).stdout

    for _process in range(2):
        run("figures.ANSWERS.labels('django').inc(); SOCKETS.set(7)")
    told = run("SOCKETS.set(3); print(figures.written().decode())")

    assert 'forum_answers_total{by="django"} 2.0' in told
    assert re.search(r"^forum_sockets 3.0$", told, re.MULTILINE)


def queued(path: str, *, waits: int = 0, status: str = "READY") -> DBTaskResult:
    row = DBTaskResult.objects.create(
        task_path=path, status=status, args_kwargs={"args": [], "kwargs": {}}, backend_name="default",
        run_after=clock.now(), exception_class_path="", traceback="",
    )  # fmt: skip
    DBTaskResult.objects.filter(pk=row.pk).update(enqueued_at=clock.now() - timedelta(seconds=waits))
    return row
