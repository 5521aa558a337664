"""What an administrator sees of the running forum, and the press that runs what failed again."""

import re
from datetime import timedelta

import pytest
from django_tasks_db.models import DBTaskResult

from community import clock
from community.inbox.actions import notify
from community.inbox.models import Notice, NoticeKind
from forum.copies import backup
from forum.running import parts
from tests import make
from tests.safety.operating import failed_task

pytestmark = pytest.mark.django_db

BACKED_UP_AT = "2026-02-09T16:42:00+00:00"


@pytest.fixture(autouse=True)
def looked_at_afresh(monkeypatch):
    monkeypatch.setattr(parts, "began_at", lambda: clock.now() - timedelta(hours=1))
    parts.forget()
    yield
    parts.forget()


@pytest.fixture
def keeper():
    return make.member("keeper", role="administrator")


@pytest.fixture
def keepers_browser(client, keeper):
    client.force_login(keeper)
    return client


def words_of(page) -> str:
    assert page.status_code == 200
    return " ".join(page.content.decode().split())


def test_it_says_what_runs_what_waits_what_failed_and_what_the_clock_did(keepers_browser, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    (tmp_path / backup.LAST).write_text(BACKED_UP_AT)
    failed_task(trouble="smtplib.SMTPServerDisconnected: it hung up")
    scheduled = failed_task(path="community.desk.tasks.look_at_the_rota")
    DBTaskResult.objects.filter(pk=scheduled.pk).update(status="SUCCESSFUL")
    due = failed_task(path="community.tickets.tasks.carry_ticket")
    DBTaskResult.objects.filter(pk=due.pk).update(status="READY")

    page = keepers_browser.get("/operation/")

    words = words_of(page)
    assert "Every part works." in words
    assert "SMTPServerDisconnected: it hung up" in words
    assert [(name, count) for name, count, _oldest in page.context["waiting"]] == [("tickets.carry_ticket", 1)]
    last = {name: last for name, last, _next in page.context["jobs"]}
    assert (last["desk.look_at_the_rota"], last["inbox.mail_the_day"]) == (scheduled.finished_at, None)
    assert page.context["backup_at"].isoformat() == BACKED_UP_AT
    assert {"Forthright", "Python", "Django", "Wagtail"} < page.context["runs"].keys()


def test_each_part_that_does_not_work_says_what_to_do(keepers_browser, monkeypatch):
    notify([make.member().pk], NoticeKind.REPLIED, thread=make.thread())
    Notice.objects.update(at=clock.now() - timedelta(hours=1))
    long_ago = clock.now() - timedelta(minutes=5)
    failed_task()
    DBTaskResult.objects.update(status="READY", enqueued_at=long_ago, run_after=long_ago)
    monkeypatch.setattr(parts, "ROOM", 2**63)

    words = words_of(keepers_browser.get("/operation/"))

    assert re.findall(r"<b>(\d)</b> part", words) == ["4"]
    for part in ("worker", "scheduler", "mail", "disk"):
        assert str(parts.PARTS[part].otherwise) in words
    assert str(parts.PARTS["database"].otherwise) not in words


def test_what_failed_is_in_the_queue_again_by_one_press_as_if_it_were_new(keepers_browser):
    one, other = failed_task(), failed_task()

    answer = keepers_browser.post(f"/operation/again/{one.pk}/", follow=True)

    one.refresh_from_db()
    assert "It is in the queue again." in words_of(answer)
    assert (one.status, one.worker_ids, one.finished_at, one.traceback) == ("READY", [], None, "")
    assert one in DBTaskResult.objects.ready()
    assert parts.worker_works()
    assert list(DBTaskResult.objects.failed()) == [other]
    assert keepers_browser.post(f"/operation/again/{one.pk}/").status_code == 409

    failed_task()
    assert "All 2 are in the queue again." in words_of(keepers_browser.post("/operation/again/", follow=True))
    assert not DBTaskResult.objects.failed().exists()


@pytest.mark.parametrize("role", ["customer", "moderator", "agent"])
def test_nobody_else_sees_it_or_runs_anything(visiting_as, role):
    failed, browser = failed_task(), visiting_as(make.member(role=role))

    answers = [browser.get("/operation/"), browser.post("/operation/again/")]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert "Only administrators see how the forum runs." in answers[0].content.decode()
    assert list(DBTaskResult.objects.failed()) == [failed]


def test_a_visitor_is_asked_who_he_is(client):
    assert client.get("/operation/").headers["Location"].startswith("/accounts/login/")
