"""Whom a post concerns is told once, by what concerns him most, and never of what he may not read."""

from datetime import timedelta

import pytest

from community import clock
from community.inbox.models import Notice, NoticeKind
from community.inbox.tasks import able_to_read, tell_about_answer, tell_of_post, tell_the_asker
from community.people.models import Member
from community.threads.actions import delete_post, follow, mark_read
from community.threads.models import Audience, Kind
from tests import make

pytestmark = pytest.mark.django_db


def told():
    """Who was told what: handles and kinds."""
    return set(Notice.objects.values_list("member__handle", "kind"))


def said(thread, *, by, **details):
    post = make.reply(thread, by=by, **details)
    tell_of_post.func(post.pk)
    return post


def test_who_follows_is_told_of_a_reply_and_its_author_is_not(customer, peer):
    thread = make.thread(by=customer)

    said(thread, by=peer)

    assert told() == {("fenwick", "replied")}
    customer.refresh_from_db()
    assert customer.unread_notices == 1


def test_replies_that_nobody_has_read_are_counted_in_one_notice(customer, peer, agent):
    thread = make.thread(by=customer)

    first = said(thread, by=peer)
    last = said(thread, by=agent)

    notice = Notice.objects.get(member=customer)
    assert (notice.count, notice.post, notice.last_post, notice.actor) == (2, first, last, agent)


def test_running_twice_counts_once(customer, peer):
    post = said(make.thread(by=customer), by=peer)

    tell_of_post.func(post.pk)

    assert Notice.objects.get(member=customer).count == 1


@pytest.mark.parametrize(
    ("kind", "notice"),
    [
        (Kind.QUESTION, "asked_back"),
        (Kind.SOLUTION, "proposed"),
        (Kind.INFORMATION, "replied"),
        (Kind.WORKAROUND, "replied"),
    ],
)
def test_the_asker_reads_whether_it_is_his_turn(customer, agent, kind, notice):
    thread = make.thread(by=customer)

    said(thread, by=agent, kind=kind)

    assert told() == {("fenwick", notice)}


def test_whoever_is_named_is_told_so_and_not_twice(customer, peer, agent):
    thread = make.thread(by=customer)
    follow(by=peer, thread=thread)

    said(thread, by=agent, body="Ask @tallow, who had it in May.")

    assert told() == {("fenwick", "replied"), ("tallow", "mentioned")}


def test_a_name_in_a_quotation_is_not_a_call(customer, peer, agent):
    said(make.thread(by=customer), by=agent, body="> as @tallow said\n\nIndeed.")

    assert told() == {("fenwick", "replied")}


def test_a_question_tells_whom_it_names(customer, peer):
    thread = make.thread(by=customer, body="Does @tallow still know the way?")

    tell_of_post.func(thread.posts.get().pk)

    assert told() == {("tallow", "mentioned")}


def test_nobody_is_told_of_what_he_may_not_read(customer, peer, agent):
    thread = make.thread(by=customer, audience=Audience.NAMED)
    follow(by=peer, thread=thread)

    said(thread, by=agent, body="Not for @tallow.")

    assert told() == {("fenwick", "replied")}


def test_internal_notes_and_what_was_deleted_tell_nobody(customer, agent, peer):
    thread = make.thread(by=customer)
    said(thread, by=agent, kind=Kind.NOTE)
    post = make.reply(thread, by=peer)
    delete_post(by=peer, post=post, because="Wrong")

    tell_of_post.func(post.pk)

    assert told() == set()


def test_who_has_left_is_not_told(customer, peer):
    thread = make.thread(by=customer)
    Member.objects.filter(pk=customer.pk).update(is_active=False)

    assert able_to_read(thread, [customer.pk, peer.pk]) == {peer.pk}


@pytest.mark.parametrize("kind", [NoticeKind.ACCEPTED, NoticeKind.CONFIRMED, NoticeKind.FAILED])
def test_the_author_of_an_answer_learns_what_became_of_it(customer, peer, agent, kind):
    answer = make.reply(make.thread(by=customer), by=peer, kind=Kind.SOLUTION)

    tell_about_answer.func(answer.pk, str(kind), customer.pk)
    tell_about_answer.func(answer.pk, str(kind), peer.pk)

    notice = Notice.objects.get(member=peer)
    assert (notice.kind, notice.actor, notice.count) == (kind, customer, 1)


def test_the_asker_is_told_of_an_ending_that_is_not_his(customer, moderator):
    thread = make.thread(by=customer)

    tell_the_asker.func(thread.pk, str(NoticeKind.CLOSED), moderator.pk)
    tell_the_asker.func(thread.pk, str(NoticeKind.CLOSED), customer.pk)

    assert told() == {("fenwick", "closed")}


def test_reading_the_thread_reads_its_notices_and_no_further(customer, peer):
    thread = make.thread(by=customer)
    said(thread, by=peer)
    mark_read(by=customer, thread=thread, number=1)
    customer.refresh_from_db()
    assert customer.unread_notices == 1
    thread.refresh_from_db()

    mark_read(by=customer, thread=thread, number=2)

    customer.refresh_from_db()
    assert customer.unread_notices == 0
    clock.advance(timedelta(minutes=1))
    said(thread, by=peer)
    customer.refresh_from_db()
    assert customer.unread_notices == 1
    assert Notice.objects.filter(member=customer).count() == 2


def test_a_thread_with_many_followers_costs_no_more_queries(customer, peer, django_assert_max_num_queries):
    thread = make.thread(by=customer)
    for _ in range(20):
        follow(by=make.member(), thread=thread)
    post = make.reply(thread, by=peer)

    with django_assert_max_num_queries(16):
        tell_of_post.func(post.pk)

    assert Notice.objects.count() == 21
