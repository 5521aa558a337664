from datetime import timedelta

import pytest

from community import clock
from community.moderation.actions import close_thread, pin_thread, unpin_thread
from community.people.models import Role
from community.threads.actions import accept_answer, delete_post
from tests import make

pytestmark = pytest.mark.django_db


def test_each_state_has_its_list(everything, visiting_as, titles_on):
    plain = [f"Plain {number}" for number in range(7, -1, -1)]
    lists = {
        "waiting_us": ["Eased", *plain],
        "unanswered": ["Unknown", *plain],
        "waiting_asker": ["Asked back"],
        "workaround": ["Eased"],
        "answered": ["Answered"],
        "confirmed": ["Confirmed"],
        "unknown": ["Unknown"],
        "closed": ["Closed"],
        "no_answer": ["Closed"],
    }

    assert {show: titles_on(visiting_as(None), f"/threads/?show={show}") for show in lists} == lists


def test_waiting_for_you_is_the_askers_turn_for_an_asker_and_ours_for_the_team(
    everything, customer, agent, visiting_as, titles_on
):
    asker_finds = titles_on(visiting_as(customer), "/threads/?show=waiting")
    team_finds = titles_on(visiting_as(agent), "/threads/?show=waiting")

    assert asker_finds == ["Asked back", "Answered"]
    assert set(team_finds) == set(titles_on(visiting_as(agent), "/threads/?show=waiting_us"))
    assert "Plain 0" in team_finds
    assert "Asked back" not in team_finds


def test_yours_are_yours_alone(everything, customer, visiting_as, titles_on):
    titles = titles_on(visiting_as(customer), "/threads/?show=mine")

    # Hidden and deleted ones are in no list, not even in one's own.
    assert set(titles) == {
        *("Asked back", "Eased", "Answered", "Confirmed", "Closed"),
        *("In the house", "In the attic"),
    }


def test_what_was_followed_and_can_no_longer_be_read_leaves_the_list(
    everything, places, customer, visiting_as, titles_on
):
    before = titles_on(visiting_as(customer), "/threads/?show=followed")

    places.house.members.clear()
    after = titles_on(visiting_as(customer), "/threads/?show=followed")

    assert {"Plain 3", "Plain 4", "In the house", "For few"} <= set(before)
    assert set(before) - set(after) == {"In the house", "In the attic"}


def test_a_space_holds_what_stands_in_the_spaces_under_it(everything, visiting_as, titles_on):
    mail = titles_on(visiting_as(None), "/spaces/mail/")
    phones = titles_on(visiting_as(None), "/spaces/phones/")

    assert phones == ["Answered"]
    assert "Answered" in mail
    assert "In the house" not in mail


def test_narrowing_by_product_version_platform_and_tag(everything, visiting_as, titles_on):
    browser = visiting_as(None)
    about = {"Asked back", "Eased", "Answered", "Closed"}
    named = {"Plain 1", "Plain 2", "Plain 4", "Plain 5", "Plain 7"}
    tagged = {"Plain 1", "Plain 3", "Plain 5", "Plain 7"}

    # Whoever names a version has named the product.
    assert set(titles_on(browser, f"/threads/?product={everything.product.pk}")) == about | named
    assert set(titles_on(browser, f"/threads/?version={everything.version.pk}")) == about | named
    assert set(titles_on(browser, f"/threads/?platform={everything.platform.pk}")) == about
    assert set(titles_on(browser, "/threads/?tag=keys")) == about | tagged


def test_pinned_threads_stand_first_then_the_last_word(visiting_as, titles_on, moderator):
    oldest, middle = make.thread(title="Oldest"), make.thread(title="Middle")
    make.thread(title="Newest")
    make.reply(middle)
    pin_thread(by=moderator, thread=oldest)

    assert titles_on(visiting_as(None), "/threads/") == ["Oldest", "Middle", "Newest"]

    unpin_thread(by=moderator, thread=oldest)
    assert titles_on(visiting_as(None), "/threads/") == ["Middle", "Newest", "Oldest"]


def test_longest_waiting_first_puts_our_debts_before_the_askers_and_both_before_what_has_ended(
    visiting_as, titles_on, agent, moderator
):
    clock.set_to(clock.now())
    threads = {}
    for title in ("Answered", "Asked", "Closed", "Waits long", "Waits"):
        threads[title] = make.thread(title=title)
        clock.advance(timedelta(hours=1))
    accept_answer(by=agent, post=make.reply(threads["Answered"], kind="solution"))
    make.reply(threads["Asked"], kind="question")
    close_thread(by=moderator, thread=threads["Closed"], because="Settled elsewhere.")
    # Somebody adds a word: the wait goes on.
    make.reply(threads["Waits long"])

    assert titles_on(visiting_as(None), "/threads/?order=waiting") == [
        *("Waits long", "Waits"),
        "Asked",
        *("Answered", "Closed"),
    ]


def test_the_sentence_says_how_long_the_longest_has_waited(visiting_as, client):
    clock.set_to(clock.now())
    make.thread()
    clock.advance(timedelta(days=2, hours=4))
    make.thread()

    page = client.get("/threads/")

    assert "<b>2</b> wait for us" in page.text
    assert ">2 d 4 h</time>" in page.text


def test_where_nothing_waits_a_sentence_says_so(client, moderator):
    assert "Nothing here waits for us." in client.get("/threads/").text

    close_thread(by=moderator, thread=make.thread(), because="Settled elsewhere.")

    page = client.get("/threads/?show=unanswered")
    assert "Nothing here waits for us." in page.text
    assert "No thread fits." in page.text
    assert page.context["rows"] == []

    client.force_login(moderator)
    assert "Nothing waits for you." in client.get("/threads/?show=waiting").text


def test_nothing_leaves_the_unanswered_list_by_age(client, titles_on):
    clock.set_to(clock.now())
    make.thread(title="Still nobody")

    clock.advance(timedelta(days=200))

    assert titles_on(client, "/threads/?show=unanswered") == ["Still nobody"]
    assert titles_on(client, "/threads/?show=waiting_us&order=waiting") == ["Still nobody"]


def test_a_removed_reply_makes_a_question_unanswered_again(client, titles_on):
    thread = make.thread(title="Alone again")
    reply = make.reply(thread)
    assert titles_on(client, "/threads/?show=unanswered") == []

    delete_post(by=reply.author, post=reply, because="Wrong thread.")

    assert titles_on(client, "/threads/?show=unanswered") == ["Alone again"]


def test_an_internal_note_answers_nobody(client, titles_on):
    thread = make.thread(title="Nobody yet")

    make.reply(thread, by=make.member(role=Role.AGENT), kind="note")

    assert titles_on(client, "/threads/?show=unanswered") == ["Nobody yet"]
