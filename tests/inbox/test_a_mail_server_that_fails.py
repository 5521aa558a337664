"""The mail server refuses, hangs, asks to try later or dies: people write on, and each letter arrives once."""

from datetime import timedelta

import pytest
from django_tasks_db.models import DBTaskResult

from community import clock
from community.inbox.actions import notify
from community.inbox.models import Notice
from community.inbox.tasks import mail_the_day, mail_what_is_new
from community.letters import TRIED_FOR, send_letter
from community.people.models import Member
from community.threads.actions import post_reply
from forum.working import Worker
from tests import make
from tests.inbox.mail_server import MailServer

pytestmark = pytest.mark.django_db

AWAY = {"hangs": {"HELLO": None}, "has no time": {"HELLO": "421 Come back."}, "knows us not": {"MAIL": "530 Who?"}}
LATER = {"at the address": {"RCPT": "450 Too many."}, "at the letter": {"END": "451 Too full."}}
HOURS = 26


@pytest.fixture
def server(settings):
    one = MailServer()
    settings.MAILERS = one.mailer()
    yield one
    one.shutdown()
    one.server_close()


@pytest.fixture
def told(customer, peer):
    thread = make.thread(by=customer)
    Notice.objects.all().delete()
    notify({customer.pk}, "proposed", thread=thread, post=make.reply(thread, by=peer), actor_id=peer.pk)
    return thread


def minutes_pass(count: int, step: int = 1) -> None:
    for _ in range(0, count, step):
        clock.advance(timedelta(minutes=step))
        mail_what_is_new.call()


@pytest.mark.parametrize("trouble", AWAY.values(), ids=AWAY)
def test_while_it_is_away_it_is_asked_once_a_minute_and_everything_leaves_when_it_is_back(
    server, told, peer, trouble, settings
):
    server.at = trouble
    settings.MAILERS = server.mailer(patience=0.1 if trouble == AWAY["hangs"] else 20)
    for _ in range(5):
        notify({make.member().pk}, "accepted", thread=told, actor_id=peer.pk)
    minutes_pass(3)

    # It hangs for one of them, and not for each.
    assert server.tried == 3
    post_reply(by=peer, thread=told, body="Nobody who writes waits for a mail server.")
    minutes_pass(HOURS * 60, step=120)
    server.at = {}
    settings.MAILERS = server.mailer()
    minutes_pass(60, step=30)

    assert len(server.arrived) == len(set(server.names)) == 6


@pytest.mark.parametrize("trouble", LATER.values(), ids=LATER)
def test_what_it_takes_later_is_tried_for_days_with_longer_waits_and_arrives_once(server, told, trouble):
    server.at = trouble
    minutes_pass(HOURS * 60, step=10)
    # After ten minutes, twenty, forty, eighty, and then each hour.
    assert HOURS - 3 <= server.tried <= HOURS + 4

    server.at = {}
    minutes_pass(120, step=10)
    assert len(server.arrived) == 1


def test_a_letter_that_it_died_of_comes_again_under_the_same_name(server, told):
    server.at = {"END": None}
    minutes_pass(1)
    server.at = {}
    minutes_pass(10)

    assert len(server.arrived) == 2
    assert len(set(server.names)) == 1


def test_an_address_that_takes_nothing_is_marked_and_its_owner_reads_why(server, told, customer, peer, visiting_as):
    server.at = {"RCPT": "550 No such mailbox"}
    minutes_pass(60)
    notify({customer.pk}, "confirmed", thread=told, actor_id=peer.pk)
    minutes_pass(60)

    assert server.tried == 1
    page = visiting_as(customer).get("/inbox/mail/").text
    assert customer.email in page
    assert "550 No such mailbox" in page
    server.at = {}
    ways = dict.fromkeys(("mine", "named", "followed", "organisation", "standing"), "at_once")
    visiting_as(customer).post("/inbox/mail/", ways)
    notify({customer.pk}, "failed", thread=told, actor_id=peer.pk)
    minutes_pass(2)
    assert "550" not in visiting_as(customer).get("/inbox/mail/").text
    assert len(server.arrived) == 1


def test_another_address_is_mailed_again(server, told, customer, peer):
    server.at = {"RCPT": "550 No such mailbox"}
    minutes_pass(1)
    server.at = {}
    Member.objects.filter(pk=customer.pk).update(email="elsewhere@example.com")
    notify({customer.pk}, "failed", thread=told, actor_id=peer.pk)
    minutes_pass(1)

    assert [letter["To"] for letter in server.arrived] == ["elsewhere@example.com"]


def test_a_letter_refused_for_its_words_is_given_up_and_the_next_is_tried(server, told, customer, peer):
    server.at = {"END": "554 Looks like spam"}
    minutes_pass(60)
    assert server.tried == 1

    server.at = {}
    notify({customer.pk}, "failed", thread=told, actor_id=peer.pk)
    minutes_pass(1)
    assert len(server.arrived) == 1


def test_days_without_it_end_in_one_mail_of_the_day(server, customer, peer):
    for day in range(3):
        notify({customer.pk}, "replied", thread=make.thread(title=f"Day {day}"), actor_id=peer.pk)
        Notice.objects.exclude(member=customer).delete()
        minutes_pass(1)
        server.at = {"HELLO": "421 Come back."}
        with pytest.raises(Exception, match="421"):
            mail_the_day.call()
        clock.advance(timedelta(days=1))
    server.at = {}
    mail_the_day.call()
    mail_the_day.call()

    [letter] = server.arrived
    assert letter["Subject"] == "3 things are new"


# Letters about something else than a notice: each is a task.


@pytest.fixture
def letters(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    settings.LETTERS_ARE_QUEUED = True

    class Letters:
        worker = Worker(interval=1, batch=True, worker_id="one")

        def run(self) -> DBTaskResult:
            row = DBTaskResult.objects.get()
            row.claim("one")
            self.worker.run_task(row)
            row.refresh_from_db()
            return row

    send_letter("organisations/mail/invitation", "new@example.com", invitation=None, organisation="Tallow")
    return Letters()


def test_a_letter_waits_in_the_queue_and_is_forgotten_when_it_has_left(server, letters):
    server.at = {"RCPT": "451 Later"}
    first = letters.run()
    assert (first.status, first.worker_ids) == ("READY", [])
    assert timedelta(seconds=50) < first.run_after - clock.now() <= timedelta(minutes=1)
    clock.advance(timedelta(hours=5))
    assert timedelta(minutes=59) < letters.run().run_after - clock.now() <= timedelta(hours=1)

    server.at = {}
    last = letters.run()

    assert last.status == "SUCCESSFUL"
    assert server.names == [first.args_kwargs["kwargs"]["name"]]
    assert last.args_kwargs == {"args": [], "kwargs": {}}


def test_a_letter_that_cannot_be_sent_stays_where_those_who_run_the_forum_look(server, letters):
    server.at = {"RCPT": "550 No such mailbox"}
    refused = letters.run()
    assert (refused.status, refused.exception_class_path) == ("FAILED", "community.letters.NoSuchAddress")

    server.at = {"HELLO": "421 Come back."}
    clock.advance(TRIED_FOR)
    assert letters.run().status == "FAILED"


@pytest.mark.parametrize(
    ("trouble", "status", "words"),
    [
        ({"HELLO": "421 Come back."}, 503, "takes no letter at the moment"),
        ({"RCPT": "550 No such mailbox"}, 422, "takes nothing for this address"),
    ],
)
def test_who_signs_up_meanwhile_is_told(server, client, trouble, status, words):
    server.at = trouble
    fields = {"email": "new@example.com", "username": "brindle", "password1": "a-long-pass-phrase-9"}
    page = client.post("/accounts/signup/", fields)

    assert (page.status_code, words in page.text) == (status, True)
