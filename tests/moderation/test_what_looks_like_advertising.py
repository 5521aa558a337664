"""What counts against a text, what is held because of it, and when an account is looked at too."""

from datetime import timedelta

import pytest
import requests
from django.core.cache import cache

from community import clock
from community.desk.models import Calendar, Target
from community.moderation import akismet
from community.moderation.actions import free_account
from community.moderation.models import Held, HeldAccount
from community.moderation.signals import HOLD_AT, Facts, points_of
from community.people.models import Role, Trust
from community.threads.actions import ask_question, post_reply
from community.threads.gate import HeldBack, Signs
from tests import make

LONG = "Since this morning nothing is signed any more, and the gate names no reason for it."


@pytest.fixture
def thread(customer):
    return make.thread(by=customer)


@pytest.fixture(autouse=True)
def watching(settings, db):
    settings.SPAM_SIGNALS = True


def facts(**more) -> Facts:
    plain = {"text": LONG, "links": 0, "age": timedelta(days=3), "is_first": False, "has_profile_links": False}
    return Facts(**plain | more)


@pytest.mark.parametrize(
    ("more", "points"),
    [
        ({}, {}),
        ({"age": timedelta(hours=2)}, {"young": 1}),
        ({"links": 1, "is_first": True}, {"first_with_link": 2}),
        ({"links": 3}, {"many_links": 1}),
        ({"links": 1, "has_profile_links": True}, {"profile_links": 1}),
        ({"has_profile_links": True}, {}),
        ({"seconds": 1.0}, {"quick": 2}),
        ({"seconds": 40.0}, {}),
        ({"text": "Buy followers at the casino"}, {"bad_words": 4}),
        ({"text": "The occasion is occasional"}, {}),
        ({"with_same_link": 1}, {"same_link": 2}),
        ({"with_same_link": 2}, {"same_link": 5}),
        ({"with_same_text": 2}, {"same_text": 3}),
        ({"trap": "x"}, {"trap": 5}),
    ],
)
def test_each_sign_has_its_points(more, points):
    assert points_of(facts(**more)) == points


def test_an_outage_in_which_all_paste_the_same_message_holds_nobody_back():
    assert sum(points_of(facts(with_same_text=40)).values()) < HOLD_AT


def test_a_newcomer_with_a_plain_question_waits_for_nobody(customer):
    asked = ask_question(by=make.member(), space=make.space(), title="How?", body=f"{LONG} https://fenwick.example/log")

    assert asked.posts.count() == 1


def test_a_first_post_with_links_typed_in_no_time_is_held_and_the_account_is_told(moderator, thread, visiting_as):
    newcomer = make.member(website="https://win.example")
    body = "Make money fast at https://a.example https://b.example https://c.example, at our casino"

    with pytest.raises(HeldBack):
        post_reply(by=newcomer, thread=thread, body=body, signs=Signs(seconds=0.5))
    with pytest.raises(HeldBack):
        post_reply(by=newcomer, thread=thread, body="And a word without anything in it.")

    account = HeldAccount.objects.get(member=newcomer)
    first, second = Held.objects.order_by("pk")
    assert [key for key, _more in first.reasons] == ["spam"]
    assert [key for key, _more in second.reasons] == ["account"]
    assert "a moderator looks at your account first" in visiting_as(newcomer).get(second.get_absolute_url()).text
    assert newcomer.called in visiting_as(moderator).get("/moderation/?show=held").text
    free_account(by=moderator, held=account, because="She sells what she says.")
    assert post_reply(by=newcomer, thread=thread, body="And a word without anything in it.").number == 2


def test_a_field_that_people_do_not_see_holds_what_comes_with_it(peer, thread, visiting_as):
    trusted = make.member(trust=Trust.TRUSTED)

    for number, who in enumerate((peer, trusted)):
        sent = {"body": f"{LONG} {number}", "addition": "https://win.example"}
        answer = visiting_as(who).post(f"/threads/{thread.pk}/reply/", sent)
        assert answer.headers["Location"].startswith("/moderation/held/")

    assert [held.reasons for held in Held.objects.all()] == [[["trap", ""]]] * 2


def test_the_form_says_when_it_was_shown_and_nobody_can_say_so_for_it(peer, thread, visiting_as, monkeypatch):
    seen = []
    monkeypatch.setattr(
        "community.threads.views.replying.actions.post_reply", lambda **said: seen.append(said["signs"])
    )
    browser = visiting_as(peer)
    page = browser.get(f"/threads/{thread.pk}/reply/").text
    shown = page.partition('name="shown" value="')[2].partition('"')[0]
    clock.set_to(clock.now() + timedelta(seconds=30))

    for value in (shown, f"{shown}x", "", "1"):
        with pytest.raises(AttributeError):
            browser.post(f"/threads/{thread.pk}/reply/", {"body": LONG, "shown": value})

    assert 29 <= seen[0].seconds <= 31
    assert [signs.seconds for signs in seen[1:]] == [None] * 3


def test_akismet_is_asked_about_newcomers_and_its_silence_holds_nothing(peer, thread, settings, monkeypatch):
    twin = akismet.ConsoleSpamCheck()
    monkeypatch.setattr(akismet, "door", lambda: twin)
    with pytest.raises(HeldBack):
        post_reply(by=peer, thread=thread, body="It is akismet-guaranteed-spam, they say.")
    post_reply(by=make.member(trust=Trust.KNOWN), thread=thread, body="It is akismet-guaranteed-spam, they say.")
    assert len(twin.asked) == 1

    def late(*args, **options):
        assert options["timeout"] <= 2
        raise requests.Timeout

    monkeypatch.undo()
    settings.SPAM_SIGNALS, settings.AKISMET_KEY = True, "a-key"
    monkeypatch.setattr(requests, "post", late)
    assert post_reply(by=peer, thread=thread, body="Nobody knows what this is.").number == 3


def test_the_team_is_never_asked(thread):
    agent = make.member(role=Role.AGENT)

    post = post_reply(by=agent, thread=thread, body="Buy followers at the casino", signs=Signs(trap="x"))

    assert post.number == 2


@pytest.mark.parametrize(("trust", "most"), [(Trust.KNOWN, 23), (Trust.NEW, 24)])
def test_the_dearest_reply_of_a_member_stays_within_its_queries(
    trust, most, thread, django_assert_max_num_queries, visiting_as
):
    """One query at the gate, and for those without trust one for what others sent in these minutes."""
    calendar = Calendar.objects.create(name="Always", is_round_the_clock=True)
    for kind in ("response", "solution"):
        Target.objects.create(kind=kind, minutes=240, calendar=calendar)
    peer = make.member(trust=trust)
    shot, browser = make.attachment(by=peer), visiting_as(peer)
    said = {"body": f"{LONG} See {shot.markdown} @fenwick", "kind": "solution", "token": "of-this-form"}
    cache.clear()

    with django_assert_max_num_queries(most):
        answer = browser.post(f"/threads/{thread.pk}/reply/", said)

    assert answer.status_code == 302
    assert thread.posts.count() == 2
