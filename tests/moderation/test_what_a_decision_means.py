"""What the people of a thread may still do, and what they read."""

import pytest

from community.moderation.actions import (
    close_thread,
    hide_thread,
    lock_thread,
    move_thread,
    reopen_thread,
    unhide_thread,
    unlock_thread,
)
from community.policy import NotAllowed
from community.threads.actions import edit_post, post_reply
from community.threads.models import State, Thread
from tests import make

pytestmark = pytest.mark.django_db

WHY = "Only the vendor can answer this."


def test_a_locked_thread_takes_no_replies_but_a_moderators_and_says_why(
    thread, customer, peer, moderator, visiting_as, trace
):
    lock_thread(by=moderator, thread=thread, because=WHY)
    before = trace()

    for who in (customer, peer):
        with pytest.raises(NotAllowed, match=WHY):
            post_reply(by=who, thread=thread, body="One more thing.")
    with pytest.raises(NotAllowed, match="locked"):
        edit_post(by=customer, post=thread.posts.get(number=1), body="Other words.", seen_revision=0)

    assert trace() == before
    for who in (None, customer, peer):
        assert WHY in visiting_as(who).get(thread.get_absolute_url()).text
    assert post_reply(by=moderator, thread=thread, body="It stays locked.").number == 3


def test_an_unlocked_thread_takes_replies_again(thread, peer, moderator):
    lock_thread(by=moderator, thread=thread, because=WHY)

    unlock_thread(by=moderator, thread=thread)

    thread.refresh_from_db()
    assert (thread.locked_at, thread.locked_because) == (None, "")
    assert post_reply(by=peer, thread=thread, body="Try this.").number == 3


def test_the_asker_reads_why_it_was_closed_and_can_answer(thread, customer, moderator, visiting_as):
    close_thread(by=moderator, thread=thread, because=WHY)

    page = visiting_as(customer).get(thread.get_absolute_url())

    assert WHY in page.text
    assert post_reply(by=customer, thread=thread, body="It is your product, though.").number == 3
    thread.refresh_from_db()
    assert thread.state == State.CLOSED
    assert page.context["reply"]


def test_a_question_without_answers_waits_for_us_again_when_it_is_reopened(moderator):
    asked = make.thread()
    close_thread(by=moderator, thread=asked, because=WHY)

    reopen_thread(by=moderator, thread=asked)

    asked.refresh_from_db()
    assert (asked.state, asked.closed_at, asked.closed_because) == (State.WAITING_US, None, "")


def test_a_reopened_discussion_is_nobodys_turn(moderator):
    talk = make.thread(genre="discussion")
    close_thread(by=moderator, thread=talk, because=WHY)

    reopen_thread(by=moderator, thread=talk)

    talk.refresh_from_db()
    assert talk.state == State.OPEN


def test_a_moved_thread_is_read_by_those_of_its_new_space_at_once(thread, customer, moderator, visiting_as, client):
    cellar = make.space("Cellar", slug="cellar", team_only=True)

    move_thread(by=moderator, thread=thread, space=cellar, because=WHY)

    assert client.get(thread.get_absolute_url()).status_code == 404
    assert visiting_as(customer).get(thread.get_absolute_url()).status_code == 404
    assert visiting_as(moderator).get(thread.get_absolute_url()).status_code == 200
    assert Thread.objects.open_to_all().count() == 0


def test_a_hidden_thread_is_gone_for_all_but_its_asker_and_the_team_and_comes_back(
    thread, customer, peer, moderator, agent, visiting_as
):
    hide_thread(by=moderator, thread=thread, because=WHY)

    statuses = {who: visiting_as(who).get(thread.get_absolute_url()).status_code for who in (None, peer)}
    assert statuses == {None: 410, peer: 410}
    for who in (customer, moderator, agent):
        page = visiting_as(who).get(thread.get_absolute_url())
        assert (page.status_code, WHY in page.text) == (200, True)
        assert visiting_as(who).get("/threads/").context["rows"] == []

    unhide_thread(by=moderator, thread=thread, because="It was a mistake.")

    assert visiting_as(None).get(thread.get_absolute_url()).status_code == 200
    assert [row.key for row in visiting_as(None).get("/threads/").context["rows"]] == [thread.pk]


def test_reasons_are_words_and_never_markup(thread, moderator, client):
    lock_thread(by=moderator, thread=thread, because="<script>alert(1)</script> & <b>bold</b>")

    page = client.get(thread.get_absolute_url())

    assert "<script>alert(1)</script>" not in page.text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;bold" in page.text
