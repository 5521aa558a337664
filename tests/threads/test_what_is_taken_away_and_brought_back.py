"""A post that goes or comes back takes with it, and brings back, what the thread says because of it."""

from datetime import timedelta

import pytest

from community import clock
from community.moderation.actions import hide_post, unhide_post
from community.threads.actions import confirm_answer, delete_post, edit_post, restore_post
from community.threads.models import Kind, Post, State, Thread
from forum.consistency import faults
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def thread(customer) -> Thread:
    return make.thread(by=customer)


def now(thread: Thread) -> Thread:
    return Thread.objects.get(pk=thread.pk)


def take_away(post: Post, *, how: str, by) -> None:
    if how == "hidden":
        hide_post(by=by, post=post, because="Not nice")
    else:
        delete_post(by=by, post=post, because="Not needed")


def bring_back(post: Post, *, how: str, by) -> None:
    if how == "hidden":
        unhide_post(by=by, post=post, because="A mistake")
    else:
        restore_post(by=by, post=post)


@pytest.mark.parametrize("how", ["hidden", "deleted"])
def test_a_workaround_that_comes_back_is_known_again(thread, peer, moderator, how):
    workaround = make.reply(thread, by=peer, kind=Kind.WORKAROUND)
    began = now(thread).state_since

    take_away(workaround, how=how, by=moderator)
    assert (now(thread).state, now(thread).workaround) == (State.WAITING_US, None)
    bring_back(workaround, how=how, by=moderator)

    assert (now(thread).state, now(thread).workaround) == (State.WORKAROUND, workaround)
    assert now(thread).state_since == began


@pytest.mark.parametrize("how", ["hidden", "deleted"])
def test_what_people_said_of_an_answer_does_not_come_back_with_it(thread, customer, peer, moderator, how):
    answer = make.reply(thread, by=peer, kind=Kind.SOLUTION)
    confirm_answer(by=customer, post=answer, works=True)

    take_away(answer, how=how, by=moderator)
    bring_back(answer, how=how, by=moderator)

    assert (now(thread).confirmed_by_asker_at, now(thread).best) == (None, None)
    peer.refresh_from_db()
    assert peer.helped_count == 212


def test_a_workaround_goes_although_a_solution_stands(thread, customer, peer, moderator):
    workaround = make.reply(thread, by=peer, kind=Kind.WORKAROUND)
    make.reply(thread, by=peer, kind=Kind.SOLUTION)
    make.reply(thread, by=customer, body="I do not understand step two.")
    assert now(thread).state == State.WORKAROUND

    delete_post(by=moderator, post=workaround, because="It deletes the mail")

    assert now(thread).state == State.WAITING_US


def test_a_workaround_that_turns_out_to_be_none_is_no_longer_known(thread, peer):
    post = make.reply(thread, by=peer, kind=Kind.WORKAROUND)

    edit_post(by=peer, post=post, body="Does not help after all.", seen_revision=0, kind=Kind.INFORMATION)

    assert (now(thread).state, now(thread).workaround) == (State.WAITING_US, None)


def test_a_newer_solution_that_comes_back_is_a_new_proposal(thread, customer, peer, moderator):
    refused = make.reply(thread, by=peer, kind=Kind.SOLUTION)
    confirm_answer(by=customer, post=refused, works=False)
    newer = make.reply(thread, by=peer, kind=Kind.SOLUTION)

    delete_post(by=moderator, post=newer, because="Not needed")
    assert now(thread).asker_says_no_at is not None
    restore_post(by=moderator, post=newer)

    assert now(thread).asker_says_no_at is None
    assert [fault for fault in faults() if "index" not in fault] == []


@pytest.mark.parametrize("how", ["hidden", "deleted"])
def test_the_last_word_is_the_last_that_stands(thread, customer, peer, moderator, how):
    clock.set_to(thread.created_at + timedelta(hours=1))
    first = make.reply(thread, by=peer)
    clock.advance(timedelta(hours=1))
    rude = make.reply(thread, by=make.member("rookery"))

    take_away(rude, how=how, by=moderator)
    assert (now(thread).last_post_at, now(thread).last_poster) == (first.created_at, peer)
    take_away(first, how=how, by=moderator)
    assert (now(thread).last_post_at, now(thread).last_poster) == (thread.created_at, customer)
    bring_back(rude, how=how, by=moderator)
    assert (now(thread).last_post_at, now(thread).last_poster) == (rude.created_at, rude.author)
    assert [fault for fault in faults() if "index" not in fault] == []
