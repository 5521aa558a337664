"""What support promises: made in an answer, judged by the asker, watched by the clock."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from community import clock
from community.desk.actions import judge_promise, look_at_promise, make_promise, say_delivered
from community.desk.models import Promise
from community.desk.tasks import look_at_due_promises, mail_reminder
from community.inbox.models import Notice
from community.people.models import Role
from community.policy import Invalid, NotAllowed, OutOfStep
from community.threads.models import Outlook
from tests import make
from tests.desk.conftest import on

pytestmark = pytest.mark.django_db


@pytest.fixture
def thread(customer):
    clock.set_to(on(23, "10:00"))
    return make.thread(by=customer)


@pytest.fixture
def promised_key(thread, agent) -> Promise:
    return make_promise(by=agent, thread=thread, what="A new key", begins_at=on(23, "13:00"), until=on(23, "14:00"))


def stands(promise: Promise) -> str:
    promise.refresh_from_db()
    return promise.stands


def test_a_promise_is_said_in_an_answer_and_shown_with_its_window(thread, agent, customer, visiting_as):
    customer.time_zone = "Europe/Berlin"
    customer.save()
    make_promise(
        by=agent,
        thread=thread,
        what="A *new* key",
        begins_at=on(23, "13:00"),
        until=on(23, "14:00"),
        because="part",
        body="We are on it.",
    )

    page = visiting_as(customer).get(thread.get_absolute_url()).content.decode()
    assert "We are on it." in page
    assert (
        "Promised: A *new* key, 23 Nov 2026, 13:00 to 14:00 (Europe/Berlin). The reason: a part is on its way." in page
    )
    assert "Why it takes time: <bdi>a part is on its way</bdi>" in page
    assert "It has come" in page
    thread.refresh_from_db()
    assert thread.state == "waiting_us"


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("what", {"what": " "}),
        ("until", {"until": on(23, "09:00")}),
        ("until", {"until": on(23, "09:00") + timedelta(days=400)}),
        ("begins_at", {"begins_at": on(23, "15:00")}),
        ("because", {"because": "mercury"}),
        ("more", {"because": "other"}),
    ],
)
def test_a_promise_that_means_nothing_is_not_made(thread, agent, field, said):
    with pytest.raises(Invalid) as refusal:
        make_promise(by=agent, thread=thread, **{"what": "A key", "until": on(23, "14:00")} | said)

    assert refusal.value.field == field
    assert not Promise.objects.exists()
    assert thread.posts.count() == 1


def test_only_support_promises(thread, peer, moderator, customer):
    for by in (peer, moderator, customer):
        with pytest.raises(NotAllowed):
            make_promise(by=by, thread=thread, what="A key", until=on(23, "14:00"))


@pytest.mark.parametrize(("at", "word", "outcome"), [("13:30", "kept", "kept"), ("14:30", "late", "late")])
def test_the_asker_says_what_became_of_it(promised_key, customer, agent, at, word, outcome):
    clock.set_to(on(23, at))

    judge_promise(by=customer, promise=promised_key, word=word)

    assert stands(promised_key) == outcome
    assert promised_key.settled_by == customer
    assert Notice.objects.get(member=agent, kind="judged").actor == customer


def test_whoever_promised_can_only_say_that_it_is_done(promised_key, agent, customer):
    clock.set_to(on(23, "13:30"))
    with pytest.raises(NotAllowed, match="Only the asker"):
        judge_promise(by=agent, promise=promised_key, word="kept")

    say_delivered(by=agent, promise=promised_key)

    assert stands(promised_key) == "delivered"
    assert Notice.objects.filter(member=customer, kind="delivered").count() == 1
    assert Outlook.objects.get().done_at is None


def test_done_after_the_promised_time_is_late_whatever_is_said(promised_key, agent):
    clock.set_to(on(23, "14:01"))

    say_delivered(by=agent, promise=promised_key)

    assert stands(promised_key) == "late"
    assert promised_key.settled_by is None


def test_nothing_is_late_before_its_time(promised_key, customer):
    with pytest.raises(Invalid, match="has not passed"):
        judge_promise(by=customer, promise=promised_key, word="broken")

    assert stands(promised_key) == "running"


def test_the_clock_reminds_then_calls_it_overdue_then_broken_and_each_once(
    promised_key, thread, agent, customer, visiting_as
):
    for at in ("11:59", "12:00", "13:00", "13:59", "14:01", "14:02"):
        clock.set_to(on(23, at))
        look_at_due_promises.func()
    clock.set_to(on(23, "14:02"))

    assert [notice.kind for notice in Notice.objects.filter(member=agent).order_by("pk")] == ["promise_due", "overdue"]
    assert Notice.objects.get(member=customer, kind="overdue").thread == thread
    page = visiting_as(None).get(thread.get_absolute_url()).content.decode()
    assert "The promised time has passed" in page
    assert stands(promised_key) == "running"

    clock.set_to(on(24, "14:01"))
    look_at_promise(promised_key.pk)
    look_at_promise(promised_key.pk)

    assert stands(promised_key) == "broken"
    assert promised_key.settled_by is None
    assert thread.log.filter(kind="promise_broken").count() == 1
    judge_promise(by=customer, promise=promised_key, word="kept")
    assert stands(promised_key) == "kept"


def test_a_reminder_is_mailed_once_before_the_window_ends(promised_key, agent):
    mail_reminder.func(promised_key.pk)

    (letter,) = mail.outbox
    assert letter.to == [agent.email]
    assert "You promised: A new key, 23 Nov 2026, 12:00 to 13:00 (UTC)." in letter.body
    mail_reminder.func(promised_key.pk)
    assert len(mail.outbox) == 1, "a task that runs twice reminds once"


def test_whoever_has_kept_a_promise_is_not_reminded(promised_key, customer):
    judge_promise(by=customer, promise=promised_key, word="kept")
    mail_reminder.func(promised_key.pk)
    assert mail.outbox == []


def test_another_promise_takes_its_place_and_the_first_stays_in_the_list(promised_key, thread, agent, visiting_as):
    clock.set_to(on(23, "13:50"))
    make_promise(by=agent, thread=thread, what="The key", until=on(23, "16:00"))
    assert stands(promised_key) == "moved"
    clock.set_to(on(23, "16:10"))
    make_promise(by=agent, thread=thread, what="The key at last", until=on(23, "18:00"))

    desk = visiting_as(agent)
    assert [promise.stands for promise in Promise.objects.order_by("made_at")] == ["moved", "broken", "running"]
    for show, what in (("moved", "A new key"), ("broken", "The key"), ("running", "The key at last")):
        page = desk.get(f"/desk/promises/?show={show}")
        assert [promise.what for promise in page.context["page"]] == [what]
        assert {tab.count for tab in page.context["tabs"] if tab.current} == {1}


def test_one_runs_at_a_time_whatever_the_code_does(promised_key, thread, agent):
    with pytest.raises(IntegrityError), transaction.atomic():
        Promise.objects.create(thread=thread, what="Another", until=on(23, "20:00"), made_by=agent, made_at=clock.now())


def test_sent_twice_it_is_promised_once(thread, agent, visiting_as):
    form = {"what": "A key", "until": "2026-11-23T14:00", "zone": "Europe/Berlin", "token": "once"}

    for _press in range(2):
        answer = visiting_as(agent).post(f"/threads/{thread.pk}/promise/", form)

    assert answer.status_code == 302
    promise = Promise.objects.get()
    assert promise.until == on(23, "14:00")


def test_a_form_that_was_refused_keeps_what_was_typed(thread, agent, visiting_as):
    form = {"what": "A key for the yard", "until": "", "zone": "Nowhere/Else", "body": "Soon."}

    page = visiting_as(agent).post(f"/threads/{thread.pk}/promise/", form)

    assert page.status_code == 422
    assert "Give a day and a time." in page.content.decode()
    assert "A key for the yard" in page.content.decode()


def test_a_closed_thread_is_promised_nothing(agent, customer):
    thread = make.thread(by=customer, closed_at=clock.now(), closed_because="So.", state="closed")

    with pytest.raises(NotAllowed, match="closed"):
        make_promise(by=agent, thread=thread, what="A key", until=clock.now() + timedelta(hours=1))


def test_a_kind_word_of_support_alone_leaves_nobody_waiting(thread, agent, visiting_as):
    desk = visiting_as(agent)
    word = {"body": "Thank you for telling us.", "kind": "acknowledgement"}

    refused = desk.post(f"/threads/{thread.pk}/reply/", word)
    assert refused.status_code == 422
    assert "a kind word alone leaves them waiting" in refused.content.decode()
    assert thread.posts.count() == 1

    assert desk.post(f"/threads/{thread.pk}/reply/", word | {"because": "cause"}).status_code == 302
    assert Outlook.objects.get().waits_because == "cause"
    assert desk.post(f"/threads/{thread.pk}/reply/", word | {"body": "Still at it."}).status_code == 302


def test_a_judged_promise_is_refused_a_second_promiser(promised_key, customer, agent):
    judge_promise(by=customer, promise=promised_key, word="kept")

    with pytest.raises(OutOfStep):
        say_delivered(by=make.member(role=Role.AGENT), promise=promised_key)
