"""Presses that come twice, at once, or while somebody locks the door."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from community.moderation.actions import lock_thread
from community.people.models import Role
from community.threads.models import LogEntry, Thread
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*presses: Callable) -> list:
    def press(one):
        try:
            return one()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(presses)) as hands:
        return [hand.result() for hand in [hands.submit(press, one) for one in presses]]


def browser_of(member) -> Client:
    browser = Client()
    browser.force_login(member)
    return browser


@pytest.mark.parametrize("token", ["the-same-form", ""])
def test_twenty_copies_of_one_press_make_one_reply(token):
    thread, peer = make.thread(), make.member()
    address, sent = reverse("threads:reply", args=[thread.pk]), {"body": "Once.", "token": token}
    browsers = [browser_of(peer) for _copy in range(20)]

    answers = at_once(*[lambda browser=browser: browser.post(address, sent) for browser in browsers])

    post = thread.posts.get(number=2)
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {(302, post.get_absolute_url())}
    assert LogEntry.objects.filter(thread=thread, kind="replied").count() == 1
    thread.refresh_from_db()
    assert (thread.reply_count, thread.post_count) == (1, 2)


def test_eight_copies_of_one_question_make_one_thread():
    space, asker = make.space(), make.member()
    sent = {"space": space.pk, "title": "Once", "body": "Only.", "token": "the-same-form"}
    browsers = [browser_of(asker) for _copy in range(8)]

    answers = at_once(*[lambda browser=browser: browser.post("/ask/", sent) for browser in browsers])

    thread = Thread.objects.get()
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {(302, thread.get_absolute_url())}


@pytest.mark.parametrize("_round", range(6))
def test_a_reply_while_the_thread_is_being_locked_is_there_before_the_lock_or_not_at_all(_round):
    moderator, thread, browser = make.member(role=Role.MODERATOR), make.thread(), browser_of(make.member())
    address, sent = reverse("threads:reply", args=[thread.pk]), {"body": "Just in time?", "token": "one"}

    answer, _locked = at_once(
        lambda: browser.post(address, sent),
        lambda: lock_thread(by=moderator, thread=thread, because="Everything is said."),
    )

    kinds = list(LogEntry.objects.filter(thread=thread).order_by("seq").values_list("kind", flat=True))
    if answer.status_code == 302:
        assert kinds == ["asked", "replied", "locked"]
    else:
        assert answer.status_code == 403
        assert "Just in time?" in answer.content.decode()
        assert kinds == ["asked", "locked"]


def test_two_edits_at_the_same_moment_keep_one_and_ask_about_the_other():
    thread, author = make.thread(), make.member()
    post = make.reply(thread, by=author, body="As it was.")
    browsers = [browser_of(author), browser_of(author)]
    address = reverse("threads:edit", args=[post.pk])

    answers = at_once(
        *[lambda n=n: browsers[n].post(address, {"body": f"Version {n}", "seen_revision": 0}) for n in range(2)]
    )

    assert sorted(answer.status_code for answer in answers) == [302, 409]
    post.refresh_from_db()
    refused = next(n for n in range(2) if answers[n].status_code == 409)
    assert post.body == f"Version {1 - refused}"
    assert f"Version {refused}" in answers[refused].content.decode()
    assert post.revisions.get().body == "As it was."
