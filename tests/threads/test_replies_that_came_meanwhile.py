"""Who was answered by others while writing sees that before the reply goes out: once, with the text kept."""

import pytest

from community.threads.models import Post, Thread
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def thread(customer) -> Thread:
    return make.thread(by=customer)


def send(browser, thread, **more):
    sent = {"body": "Release the slot.", "token": "of-this-form", "seen": "1"} | more
    return browser.post(f"/threads/{thread.pk}/reply/", sent)


def test_a_reply_is_held_up_once_and_what_came_is_shown(thread, customer, peer, visiting_as):
    make.reply(thread, by=customer, body="The first machine signs again.")
    make.reply(thread, body="Two machines here.")
    browser = visiting_as(peer)

    shown = send(browser, thread)

    page = shown.content.decode()
    assert shown.status_code == 409
    assert "2 replies came while you wrote." in page
    assert "The first machine signs again." in page
    assert "Two machines here." in page
    assert "Release the slot." in page
    assert 'name="seen" value="3"' in page
    assert 'name="token" value="of-this-form"' in page
    assert not Post.objects.filter(author=peer).exists()

    assert send(browser, thread, seen="3").status_code == 302
    assert Post.objects.get(author=peer).body == "Release the slot."


def test_what_was_on_the_page_or_is_ones_own_holds_nothing_up(thread, peer, visiting_as):
    make.reply(thread, body="Seen.")
    browser = visiting_as(peer)

    assert send(browser, thread, seen="2").status_code == 302
    assert send(browser, thread, seen="2", token="of-another", body="And one more thing.").status_code == 302


def test_a_press_that_was_taken_already_is_not_held_up_by_what_came_after_it(thread, peer, visiting_as):
    browser = visiting_as(peer)
    first = send(browser, thread)
    make.reply(thread)

    assert send(browser, thread)["Location"] == first["Location"]
    assert Post.objects.filter(author=peer).count() == 1


def test_notes_and_removed_replies_are_no_news(thread, customer, agent, peer, visiting_as):
    make.reply(thread, by=agent, kind="note")
    gone = make.reply(thread)
    Post.objects.filter(pk=gone.pk).update(hidden_at=gone.created_at, hidden_because="So.")

    assert send(visiting_as(peer), thread).status_code == 302


@pytest.mark.parametrize("seen", ["", "no number", "9" * 40, "-1"])
def test_a_form_that_does_not_say_what_it_had_seen_is_taken(seen, thread, peer, visiting_as):
    make.reply(thread)

    assert send(visiting_as(peer), thread, seen=seen).status_code == 302


def test_a_form_with_an_error_remembers_what_it_had_seen(thread, peer, visiting_as):
    make.reply(thread)

    assert 'name="seen" value="1"' in send(visiting_as(peer), thread, body=" ").content.decode()
