"""A form that is sent twenty times, at once and again later, makes one post, and every answer leads to it."""

from collections.abc import Callable
from functools import partial

import pytest
from django.core.management import call_command
from django.db import connection

from community.moderation.actions import watch_word
from community.moderation.models import Held
from community.people.models import Role
from community.threads.models import Draft, Follow, LogEntry, Post, Thread
from tests import make
from tests.server import Answer, Sender

pytestmark = pytest.mark.django_db(transaction=True)

TIMES = 20
TOKEN = "a-token-of-one-form-that-was-shown"


@pytest.fixture
def send_often(server, at_once) -> Callable[..., list[Answer]]:
    """One member presses often in one browser: `send_often(member, path, **fields)`; the answers."""

    def send(member, path: str, **fields: str) -> list[Answer]:
        first = Sender.of(server, member)
        presses = [Sender(server, first.session_key) for _ in range(TIMES)]
        connection.close()
        if server.process is None:
            server.start()
        return at_once([partial(press.post, path, **fields) for press in presses])

    return send


def only(answers: list[Answer]) -> str:
    """Where all of them lead."""
    assert {answer.status for answer in answers} == {302}, [answer.text for answer in answers if answer.status != 302]
    [address] = {answer.location for answer in answers}
    return address


def test_one_reply_whether_sent_at_once_or_again_later(send_often):
    member, thread = make.member(), make.thread()
    path = f"/threads/{thread.pk}/reply/"
    Draft.objects.create(author=member, thread=thread, body="Once.", updated_at=thread.created_at)

    at_once = send_often(member, path, body="Once.", token=TOKEN)
    later = send_often(member, path, body="Once.", token=TOKEN)

    reply = Post.objects.get(thread=thread, number__gt=1)
    assert only(at_once + later) == reply.get_absolute_url()
    thread.refresh_from_db()
    assert (thread.reply_count, thread.seq, thread.follower_count) == (1, 2, 2)
    assert LogEntry.objects.filter(post=reply).count() == 1
    assert Follow.objects.filter(thread=thread, member=member).count() == 1
    assert not Draft.objects.exists()
    call_command("check_consistency")


def test_one_held_text_whether_sent_at_once_or_again_later(send_often):
    member, thread = make.member(), make.thread()
    watch_word(by=make.member(role=Role.ADMINISTRATOR), pattern="casino*", act="hold")

    at_once = send_often(member, f"/threads/{thread.pk}/reply/", body="A casino.", token=TOKEN)
    later = send_often(member, f"/threads/{thread.pk}/reply/", body="A casino.", token=TOKEN)

    held = Held.objects.get()
    assert only(at_once + later) == held.get_absolute_url()
    assert not Post.objects.filter(number__gt=1).exists()


def test_one_question_whether_sent_at_once_or_again_later(send_often):
    member, space = make.member(), make.space()
    asked = {"title": "Signing stops", "body": "At noon.", "space": str(space.pk), "genre": "question"}

    at_once = send_often(member, "/ask/", **asked, audience="everyone", token=TOKEN)
    later = send_often(member, "/ask/", **asked, audience="everyone", token=TOKEN)

    thread = Thread.objects.get()
    assert only(at_once + later) == thread.get_absolute_url()
    assert (thread.post_count, thread.seq, thread.follower_count) == (1, 1, 1)
    call_command("check_consistency")


def test_the_same_words_without_a_token_are_one_reply_within_a_minute(send_often):
    member, thread = make.member(), make.thread()

    answers = send_often(member, f"/threads/{thread.pk}/reply/", body="Once.")

    assert only(answers) == Post.objects.get(thread=thread, number__gt=1).get_absolute_url()
    call_command("check_consistency")
