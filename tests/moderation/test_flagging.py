import pytest
from django.utils.html import escape

from community.events import Event
from community.moderation.actions import flag_thing, hide_post, uphold_flag
from community.moderation.models import Flag, FlagReason
from community.policy import Invalid, NotAllowed
from community.threads.models import Audience
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(thread):
    """The peer's answer."""
    return thread.posts.get(number=2)


@pytest.fixture
def heard(monkeypatch) -> list[Event]:
    announced: list[Event] = []
    monkeypatch.setattr("community.moderation.actions.cases.publish", announced.append)
    return announced


def test_a_flag_is_kept_with_its_reason_and_words(post, customer, heard):
    flag = flag_thing(by=customer, thing=post, why="private", words="  My  address\nstands there. ")

    flag.refresh_from_db()
    assert (flag.post, flag.flagger, flag.reason, flag.words) == (
        post,
        customer,
        "private",
        "My address stands there.",
    )
    assert (flag.outcome, flag.decided_at) == ("", None)
    assert [event.case_id for event in heard] == [flag.case_id]


def test_flagging_twice_changes_nothing_until_it_is_decided(post, customer, moderator, heard):
    first = flag_thing(by=customer, thing=post, why="spam")

    again = flag_thing(by=customer, thing=post, why="abuse", words="And rude.")

    assert again == first
    assert (Flag.objects.get().reason, len(heard)) == ("spam", 1)


def test_after_a_decision_the_same_post_can_be_flagged_again(post, customer, moderator):
    from community.moderation.actions import decline_flag

    decline_flag(by=moderator, flag=flag_thing(by=customer, thing=post, why="spam"), because="It is an answer.")

    flag_thing(by=customer, thing=post, why="outdated")

    assert Flag.objects.waiting().get().reason == "outdated"


def test_ones_own_post_is_not_flagged(post, peer, visiting_as, trace):
    before = trace()

    with pytest.raises(NotAllowed, match="your own post"):
        flag_thing(by=peer, thing=post, why="spam")
    page = visiting_as(peer).get(f"/posts/{post.pk}/flag/")

    assert (page.status_code, "This is your own post." in page.text) == (403, True)
    assert trace() == before


def test_what_is_removed_already_needs_no_flag(post, customer, moderator, visiting_as, trace):
    hide_post(by=moderator, post=post, because="Advertising.")
    before = trace()
    post.refresh_from_db()

    with pytest.raises(NotAllowed, match="already removed"):
        flag_thing(by=customer, thing=post, why="spam")

    assert visiting_as(customer).post(f"/posts/{post.pk}/flag/", {"reason": "spam"}).status_code in (403, 404)
    assert trace() == before


def test_a_visitor_signs_in_first_and_comes_back(post, client):
    sent = client.get(f"/posts/{post.pk}/flag/")

    assert sent.url == f"/accounts/login/?next=/posts/{post.pk}/flag/"


def test_what_one_cannot_read_cannot_be_flagged(customer, agent, visiting_as):
    inner = make.thread(by=agent, audience=Audience.TEAM)
    note = make.reply(make.thread(), by=agent, kind="note")
    browser = visiting_as(customer)

    for post in (inner.posts.get(), note):
        assert browser.post(f"/posts/{post.pk}/flag/", {"reason": "spam"}).status_code == 404
    assert browser.get("/posts/99999/flag/").status_code == 404
    assert not Flag.objects.exists()


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({}, "required"),
        ({"reason": "dislike", "words": "Just so."}, "not one of the available choices"),
        ({"reason": "other"}, "Say in your words what is wrong."),
        ({"reason": "other", "words": "   "}, "Say in your words what is wrong."),
        ({"reason": "spam", "words": "<i>" + "x" * 500}, "at most 500"),
        ({"reason": "spam", "words": "a\0b"}, "Null characters"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_is_kept(sent, says, post, customer, visiting_as, trace):
    before = trace()

    page = visiting_as(customer).post(f"/posts/{post.pk}/flag/", sent)

    assert page.status_code == 422
    assert says in page.text
    assert escape(sent.get("words", "")).strip() in page.text
    assert trace() == before


@pytest.mark.parametrize(("why", "words", "field"), [("dislike", "x", "reason"), ("other", "  ", "words")])
def test_the_action_checks_what_the_form_checks(why, words, field, post, customer):
    with pytest.raises(Invalid) as refused:
        flag_thing(by=customer, thing=post, why=why, words=words)

    assert refused.value.field == field


def test_the_page_leads_back_to_the_post_and_says_what_follows(post, customer, visiting_as):
    browser = visiting_as(customer)
    page = browser.get(f"/posts/{post.pk}/flag/")
    assert post.body in page.text

    back = browser.post(f"/posts/{post.pk}/flag/", {"reason": "place", "words": "Wrong area."}, follow=True)

    assert back.redirect_chain == [(post.get_absolute_url(), 302)]
    assert "A moderator will look at it." in back.text
    assert Flag.objects.get().words == "Wrong area."


def test_who_flagged_reads_what_became_of_it(post, customer, peer, moderator, visiting_as):
    flag = flag_thing(by=customer, thing=post, why="spam")
    waiting = visiting_as(customer).get("/moderation/mine/")
    assert "waits for a moderator" in waiting.text

    uphold_flag(by=moderator, flag=flag, because="It sells something.")

    decided = visiting_as(customer).get("/moderation/mine/")
    assert "upheld" in decided.text
    assert "It sells something." in decided.text
    others = visiting_as(peer).get("/moderation/mine/")
    assert "You have flagged nothing." in others.text
    assert "It sells something." not in others.text


def test_the_author_is_never_told_who_flagged(post, customer, peer, moderator, visiting_as):
    flag = flag_thing(by=customer, thing=post, why="other", words="Selling again.")
    uphold_flag(by=moderator, flag=flag, because="It sells something.")

    page = visiting_as(peer).get(f"/posts/{post.pk}/", follow=True)

    assert "It sells something." in page.text
    assert "Selling again." not in page.text


def test_every_reason_has_its_weight():
    from community.moderation.models import SEVERITY

    assert set(SEVERITY) == set(FlagReason)
