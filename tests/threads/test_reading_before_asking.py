"""What resembles a question is shown once before it goes out, never in its way; what was read of it stays with it."""

from datetime import timedelta

import pytest
from django.tasks import default_task_backend

from community import clock
from community.moderation.actions import approve_held, set_rule
from community.moderation.models import Held
from community.people.models import Role
from community.threads.models import Audience, ReadBefore, Thread
from tests import make

pytestmark = pytest.mark.django_db

ASK = "/ask/"
TITLE = "Signing keys expired after a rebuild"


@pytest.fixture
def earlier() -> Thread:
    """A question that is like the one in `question()`, and found."""
    default_task_backend.clear()
    thread = make.thread(title="Signing keys expired when a machine was rebuilt")
    for result in list(default_task_backend.results):
        result.task.call(*result.args, **result.kwargs)
    return thread


def question(**more) -> dict:
    return {"space": make.space().pk, "title": TITLE, "body": "On Friday.", "token": "of-this-form"} | more


def test_what_resembles_it_is_shown_when_it_is_first_sent_and_the_second_press_sends(customer, earlier, visiting_as):
    browser, sent = visiting_as(customer), question()

    shown = browser.post(ASK, sent | {"look": "1"})

    page = shown.content.decode()
    assert shown.status_code == 200
    assert "Not sent yet" in page
    assert earlier.title in page
    assert TITLE in page
    assert 'name="look"' not in page
    assert 'value="of-this-form"' in page
    assert not Thread.objects.by(customer).exists()

    assert browser.post(ASK, sent).status_code == 302
    assert Thread.objects.by(customer).get().title == TITLE


def test_a_question_that_resembles_nothing_is_sent_at_once(customer, visiting_as):
    answer = visiting_as(customer).post(ASK, question(look="1"))

    assert answer.status_code == 302


def test_it_is_shown_beside_the_preview_and_with_a_draft(customer, earlier, visiting_as):
    browser = visiting_as(customer)

    assert earlier.title in browser.post(ASK, question(do="preview")).content.decode()
    browser.post(ASK, question(do="keep"))
    assert earlier.title in browser.get(ASK).content.decode()


def test_what_was_opened_stands_in_the_form_and_then_beside_the_thread_for_the_team(
    customer, peer, agent, earlier, visiting_as
):
    browser = visiting_as(customer)
    opened = browser.get(f"/ask/read/threads/{earlier.pk}/")
    assert opened["Location"] == earlier.get_absolute_url()
    form = browser.get(ASK, {"title": TITLE}).content.decode()
    assert "You have read:" in form
    assert "you read it" in form

    thread = Thread.objects.get(pk=browser.post(ASK, question())["Location"].split("/")[2])

    assert thread.read_before.get().other == earlier
    assert "Read before asking" in visiting_as(agent).get(thread.get_absolute_url()).content.decode()
    assert "Read before asking" not in visiting_as(peer).get(thread.get_absolute_url()).content.decode()
    assert "You have read:" not in browser.get(ASK).content.decode()


def test_what_was_opened_is_kept_while_a_moderator_reads_the_question_and_is_none_of_the_next(
    customer, agent, moderator, earlier, visiting_as
):
    browser, gone = visiting_as(customer), make.thread()
    set_rule(by=make.member(role=Role.ADMINISTRATOR), space=None, is_on=True, everything=True)
    for thread in (earlier, gone):
        browser.get(f"/ask/read/threads/{thread.pk}/")

    browser.post(ASK, question())

    assert "You have read:" not in browser.get(ASK).content.decode()
    Thread.objects.filter(pk=gone.pk).delete()
    thread = approve_held(by=moderator, held=Held.objects.get()).posted.thread
    assert thread.read_before.get().other == earlier
    assert "Read before asking" in visiting_as(agent).get(thread.get_absolute_url()).content.decode()


def test_what_was_opened_yesterday_says_nothing_about_today(customer, earlier, visiting_as):
    browser = visiting_as(customer)
    browser.get(f"/ask/read/threads/{earlier.pk}/")

    clock.advance(timedelta(days=1, minutes=1))
    browser.post(ASK, question())

    assert not ReadBefore.objects.exists()


def test_a_thread_nobody_may_read_is_neither_opened_nor_remembered(customer, agent, visiting_as):
    browser, hidden = visiting_as(customer), make.thread(by=agent, audience=Audience.TEAM)

    assert browser.get(f"/ask/read/threads/{hidden.pk}/").status_code == 404
    assert "You have read:" not in browser.get(ASK).content.decode()


def answered(space, after: timedelta | None) -> None:
    thread = make.thread(space=space)
    if after is not None:
        reply = make.reply(thread)
        type(reply).objects.filter(pk=reply.pk).update(created_at=thread.created_at + after)


def state(browser, thread) -> str:
    return browser.get(f"/threads/{thread.pk}/state/").content.decode()


def test_the_asker_reads_who_can_read_it_and_how_long_others_waited(customer, peer, visiting_as):
    space = make.space("Mail")
    for minutes in (10, 20, 30, 40):
        answered(space, timedelta(minutes=minutes))
    answered(space, None)
    thread = make.thread(by=customer, space=space)

    told = state(visiting_as(customer), thread)

    assert "New." in told
    assert "Everybody can read it." in told
    assert "Half of the last 5 questions in Mail had a first reply within 30 min." in told
    assert "New." not in state(visiting_as(peer), thread)


def test_no_figure_is_named_where_most_still_wait(customer, visiting_as):
    space = make.space()
    for after in (timedelta(minutes=1), timedelta(minutes=2), None, None, None):
        answered(space, after)

    told = state(visiting_as(customer), make.thread(by=customer, space=space))

    assert "Half of the last" not in told


def test_a_question_for_the_team_says_so(customer, visiting_as):
    thread = make.thread(by=customer, audience=Audience.NAMED)

    assert "Only the team and you can read it." in state(visiting_as(customer), thread)


def test_once_somebody_has_replied_nothing_is_new_any_more(customer, visiting_as):
    thread = make.thread(by=customer)
    make.reply(thread)

    assert "New." not in state(visiting_as(customer), thread)
