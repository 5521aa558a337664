"""Merging and taking apart while others do something with the same threads: both ends add up, whoever came first."""

from functools import partial

import pytest

from community.moderation.actions import hide_thread, merge_thread, move_thread, unmerge_thread
from community.moderation.tasks import take_apart_what_leads_to
from community.people.models import Role
from community.threads.actions import call_it_different, delete_post, post_reply
from community.threads.models import Merging, Thread
from tests import make
from tests.concurrency.test_two_moderators import ROUNDS, assert_nothing_is_wrong, tried

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def two():
    return [make.member(role=Role.MODERATOR) for _ in range(2)]


def test_asker_and_moderator_take_it_apart_at_once_and_it_is_done_once(at_once, two):
    for _round in range(ROUNDS):
        thread, into = make.thread(), make.thread()
        merge_thread(by=two[0], thread=thread, into=into)

        said = at_once(
            [
                partial(tried, call_it_different, by=thread.author, thread=thread),
                *(partial(tried, unmerge_thread, by=by, thread=thread, because="No.") for by in two),
            ]
        )

        assert sorted(bool(reason) for reason in said) == [False, True, True]
        assert "not merged" in max(said)
        assert Merging.objects.filter(thread=thread).exclude(ended_at=None).count() == 1
    assert_nothing_is_wrong()


def test_nothing_is_merged_into_what_is_merged_at_the_same_moment(at_once, two):
    for _round in range(ROUNDS):
        first, second, third = make.thread(), make.thread(), make.thread()

        at_once(
            [
                partial(tried, merge_thread, by=two[0], thread=first, into=second),
                partial(tried, merge_thread, by=two[1], thread=second, into=third),
                partial(tried, merge_thread, by=two[1], thread=third, into=first),
            ]
        )

        assert not Thread.objects.filter(merged_into__merged_into__isnull=False).exists()
    assert_nothing_is_wrong()


def test_what_is_moved_hidden_or_answered_meanwhile_leaves_no_thread_that_leads_nowhere(at_once, two, customer):
    cellar = make.space(team_only=True)
    for _round in range(ROUNDS):
        thread, into = make.thread(by=customer), make.thread()

        at_once(
            [
                partial(tried, merge_thread, by=two[0], thread=thread, into=into),
                partial(tried, move_thread, by=two[1], thread=thread, space=cellar),
                partial(tried, hide_thread, by=two[1], thread=into, because="Spam"),
                partial(tried, post_reply, by=customer, thread=thread, body="And now?"),
                partial(tried, delete_post, by=customer, post=thread.posts.get(), because="Done."),
            ]
        )
        take_apart_what_leads_to.func(into.pk)

        thread.refresh_from_db()
        assert not thread.is_merged
    assert_nothing_is_wrong()
