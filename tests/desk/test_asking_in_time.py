"""Whoever has a deadline says so in the form in which he asks."""

import pytest

from community import clock
from community.desk.actions import ask_in_time
from community.desk.models import Deadline
from community.inbox.models import Notice
from community.moderation.actions import approve_held, set_rule
from community.moderation.models import Held
from community.policy import Invalid
from community.requests.models import Handover, ServiceRequest
from community.threads.models import Draft, Thread
from tests import make
from tests.desk.conftest import on

pytestmark = pytest.mark.django_db
TOMORROW = {"at": "2026-11-24T09:30", "otherwise": "We lose the fair.", "least": "One key.", "zone": "Europe/Berlin"}


@pytest.fixture(autouse=True)
def evening():
    clock.set_to(on(23, "19:46"))


@pytest.fixture
def space():
    return make.space("Keys")


def question(space, **more):
    return {"title": "No key left", "body": "Since the rebuild.", "space": space.pk, "token": "once"} | more


def folded(page) -> bool:
    return '<details class="more">' in page.content.decode()


def test_a_question_and_its_deadline_are_one_press(customer, agent, space, visiting_as):
    browser = visiting_as(customer)
    assert folded(browser.get("/ask/"))

    for _press in range(2):
        answer = browser.post("/ask/", question(space, **TOMORROW), follow=True)

    stated = Deadline.objects.get()
    assert (stated.at, stated.least, stated.thread) == (on(24, "09:30"), "One key.", Thread.objects.get())
    assert Notice.objects.get(member=agent, kind="deadline").path == stated.get_absolute_url()
    assert "A person decides within the hour." in answer.content.decode()


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"otherwise": "We lose the fair."}, "Give a day and a time."),
        ({"at": "2026-11-24T09:30"}, "Say what happens if it is not there by then."),
        (TOMORROW | {"at": "2026-11-23T09:30"}, "Name a time that is still to come."),
        (TOMORROW | {"genre": "discussion"}, "Deadlines belong to questions."),
    ],
)
def test_a_deadline_that_means_nothing_keeps_the_question_and_all_that_was_typed(
    customer, space, visiting_as, typed, told
):
    page = visiting_as(customer).post("/ask/", question(space, **typed))

    assert page.status_code == 422
    words = page.content.decode()
    assert told in words
    assert not folded(page)
    assert all(value in words for name, value in typed.items() if name != "genre")
    assert not Thread.objects.exists()


def test_it_is_kept_in_the_draft_in_the_zone_in_which_it_was_typed(customer, space, visiting_as):
    browser = visiting_as(customer)

    browser.post("/drafts/question/", question(space, **TOMORROW, token=""))

    page = browser.get("/ask/")
    words = page.content.decode()
    assert 'value="2026-11-24T09:30"' in words
    assert 'value="Europe/Berlin"' in words
    assert not folded(page)
    Draft.objects.all().delete()
    browser.post("/drafts/question/", question(space, zone="Europe/Berlin", token=""))
    assert folded(browser.get("/ask/"))
    assert "zone" not in Draft.objects.get().fields


def test_a_question_that_is_held_keeps_its_deadline_until_it_is_posted(customer, keeper, moderator, space, visiting_as):
    set_rule(by=keeper, space=space, is_on=True, first_posts=1)
    page = visiting_as(customer).post("/ask/", question(space, **TOMORROW), follow=True)
    assert "Your deadline is kept with it" in page.content.decode()
    assert not Deadline.objects.exists()
    clock.set_to(on(24, "10:00"))

    approve_held(by=moderator, held=Held.objects.get())

    stated = Deadline.objects.get()
    assert (stated.at, stated.stands, stated.stated_by) == (on(24, "09:30"), "open", customer)


def test_a_request_has_the_same_part_and_is_handed_over_with_it(live, space, visiting_as):
    new = f"/organisations/{live.organisation.slug}/requests/new/"
    sent = question(space, severity="high", contact="written", **TOMORROW)
    visiting_as(live.reader).post(new, sent | {"do": "hand_over", "caller": live.caller.pk})
    handed = Handover.objects.get()
    browser = visiting_as(live.caller)
    page = browser.get(handed.get_absolute_url())
    assert "We lose the fair." in page.content.decode()
    assert not folded(page)

    assert browser.post(handed.get_absolute_url(), sent | {"at": "2026-11-20T09:30"}).status_code == 422
    assert not ServiceRequest.objects.exists()
    browser.post(handed.get_absolute_url(), sent)

    assert Deadline.objects.get().thread == ServiceRequest.objects.get().thread


def test_what_was_typed_before_signing_in_comes_back_with_its_deadline(customer, space, client):
    client.post("/ask/", question(space, **TOMORROW))
    client.force_login(customer)

    assert "We lose the fair." in client.get("/ask/").content.decode()


def test_a_word_that_comes_before_it_is_said_at_once(customer, space, promised, visiting_as):
    answer = visiting_as(customer).post("/ask/", question(space, **TOMORROW | {"at": "2026-11-30T09:30"}), follow=True)

    assert "What is promised comes before your deadline." in answer.content.decode()
    assert Deadline.objects.get().stands == "met"


def test_the_action_states_none_for_what_is_no_question(customer, space):
    needed = {"at": on(24, "09:30"), "otherwise": "We lose.", "least": ""}
    with pytest.raises(Invalid, match="belong to questions"):
        ask_in_time(by=customer, needed=needed, space=space, title="So", body="So", genre="discussion")
    assert not Thread.objects.exists()
