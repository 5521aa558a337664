"""Two who decide about the same thing at once: one was first, the other is told, and both decisions add up."""

from collections.abc import Callable
from functools import partial

import pytest

from community.moderation.actions import (
    appeal_sanction,
    approve_held,
    close_thread,
    decide_appeal,
    end_sanction,
    flag_thing,
    hide_post,
    hide_thread,
    lock_thread,
    merge_thread,
    move_posts,
    move_thread,
    sanction_member,
    set_rule,
    unlock_thread,
    uphold_flag,
)
from community.moderation.models import Appeal, Decision, FlagReason, Held, Sanction
from community.people.models import Role
from community.policy import Refusal
from community.threads.actions import delete_post, edit_post, post_reply
from community.threads.gate import HeldBack
from community.threads.models import Kind, Thread
from forum.consistency import faults
from tests import make
from tests.concurrency.sizes import LONG

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 200 if LONG else 5


def tried(act: Callable, **what) -> str:
    """Empty when it was done, else why not."""
    try:
        act(**what)
    except Refusal as refusal:
        return str(refusal.reason)
    return ""


@pytest.fixture
def two():
    return [make.member(role=Role.MODERATOR) for _ in range(2)]


def assert_nothing_is_wrong() -> None:
    assert [fault for fault in faults() if "index" not in fault] == []


@pytest.mark.parametrize(
    "decide",
    [
        partial(lock_thread, because="Enough"),
        partial(close_thread, because="Old"),
        partial(hide_thread, because="Spam"),
    ],
    ids=["lock", "close", "hide"],
)
def test_of_two_who_decide_the_same_one_is_told_that_it_was_done(at_once, two, decide):
    for _round in range(ROUNDS):
        thread = make.thread()

        said = at_once([partial(tried, decide, by=by, thread=thread) for by in two])

        assert sorted(bool(reason) for reason in said) == [False, True]
        assert "already" in max(said)
        assert Decision.objects.filter(thread=thread).count() == 1
    assert_nothing_is_wrong()


def test_of_two_who_move_the_same_posts_one_is_told_that_they_are_gone(at_once, two):
    for _round in range(ROUNDS):
        thread, *others = (make.thread() for _three in range(3))
        for body in ("Which keys?", "My printer stands still.", "Turn it off."):
            make.reply(thread, body=body)
        because = "They are about printing."

        said = at_once(
            [
                partial(tried, move_posts, by=by, thread=thread, posts=[3, 4], into=into, because=because)
                for by, into in zip(two, others, strict=True)
            ]
        )

        assert sorted(said) == ["", "Post 3 was moved meanwhile."]
        assert sorted(into.posts.count() for into in others) == [1, 3]
        assert (thread.posts.count(), Decision.objects.filter(thread=thread).count()) == (2, 1)
    assert_nothing_is_wrong()


def test_two_threads_never_become_duplicates_of_each_other(at_once, two):
    for _round in range(ROUNDS):
        one, other = make.thread(), make.thread()

        said = at_once(
            [
                partial(tried, merge_thread, by=two[0], thread=one, into=other),
                partial(tried, merge_thread, by=two[1], thread=other, into=one),
            ]
        )

        assert sorted(bool(reason) for reason in said) == [False, True]
        assert Thread.objects.exclude(merged_into=None).filter(pk__in=(one.pk, other.pk)).count() == 1
    assert_nothing_is_wrong()


def test_a_flag_is_decided_once_and_its_post_hidden_once(at_once, two):
    for _round in range(ROUNDS):
        thread = make.thread()
        post = make.reply(thread)
        flag = flag_thing(by=make.member(), thing=post, why=FlagReason.SPAM)

        said = at_once(
            [
                *(partial(tried, uphold_flag, by=by, flag=flag, because="Spam") for by in two),
                partial(tried, hide_post, by=two[0], post=post, because="Spam"),
            ]
        )

        assert sorted(bool(reason) for reason in said[:2]) == [False, True]
        thread.refresh_from_db()
        assert thread.reply_count == 0
    assert_nothing_is_wrong()


def test_moving_locking_and_deleting_beside_writers_add_up(at_once, two):
    elsewhere = make.space()
    for _round in range(ROUNDS):
        writer = make.member()
        thread = make.thread()
        post = make.reply(thread, by=writer, kind=Kind.WORKAROUND)
        before = thread.space

        said = at_once(
            [
                partial(tried, move_thread, by=two[0], thread=thread, space=elsewhere),
                partial(tried, lock_thread, by=two[1], thread=thread, because="Enough"),
                partial(tried, delete_post, by=two[1], post=post, because="Wrong"),
                partial(tried, unlock_thread, by=two[0], thread=thread),
                partial(tried, edit_post, by=writer, post=post, body="Better.", seen_revision=0),
                partial(tried, post_reply, by=writer, thread=thread, body="And one more."),
            ]
        )

        thread.refresh_from_db()
        assert (said[0], thread.space) == ("", elsewhere)
        assert before != elsewhere
        assert said[1:3] == ["", ""]
        assert thread.is_locked == bool(said[3])
        assert thread.reply_count == (not said[5])
    assert_nothing_is_wrong()


def test_of_two_who_silence_the_same_member_one_is_told_and_so_with_the_appeal(at_once, two):
    judges = [make.member(role=Role.MODERATOR) for _ in range(2)]
    for _round in range(ROUNDS):
        member = make.member()

        said = at_once(
            [partial(tried, sanction_member, by=by, member=member, kind="silence", because="Enough") for by in two]
        )

        assert sorted(bool(reason) for reason in said) == [False, True]
        assert "decided this already" in max(said)
        sanction = Sanction.objects.get(member=member)
        asked = [partial(tried, appeal_sanction, by=member, sanction=sanction, words="No.") for _ in range(2)]
        assert sorted(bool(reason) for reason in at_once(asked)) == [False, True]
        appeal = Appeal.objects.get(member=member)
        said = at_once(
            [
                partial(tried, decide_appeal, by=judges[0], appeal=appeal, outcome="lifted", because="No."),
                partial(tried, decide_appeal, by=judges[1], appeal=appeal, outcome="upheld", because="Yes."),
                partial(tried, end_sanction, by=two[0], sanction=sanction, because="Enough."),
            ]
        )
        assert sorted(bool(reason) for reason in said[:2]) == [False, True]
        sanction.refresh_from_db()
        member.refresh_from_db()
        assert (sanction.ended_at is None, member.silenced_at is None) == (False, True)


def test_words_let_through_while_their_author_is_suspended_are_posted_or_wait_on(at_once, two):
    thread = make.thread()
    set_rule(by=make.member(role=Role.ADMINISTRATOR), space=None, is_on=True, first_posts=1)
    for _round in range(ROUNDS):
        writer = make.member()
        with pytest.raises(HeldBack):
            post_reply(by=writer, thread=thread, body=f"Written by {writer.handle}.")
        held = Held.objects.get(by=writer)

        said = at_once(
            [
                partial(tried, approve_held, by=two[0], held=held),
                partial(tried, sanction_member, by=two[1], member=writer, kind="suspension", because="Enough"),
            ]
        )

        held.refresh_from_db()
        writer.refresh_from_db()
        assert (said[1], writer.suspended_at is not None) == ("", True)
        assert (held.posted is None) == bool(said[0]) == held.is_waiting
        assert Decision.objects.filter(member=writer).count() == 1 + (not said[0])
    assert_nothing_is_wrong()
