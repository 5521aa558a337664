"""A query whose SQL is worked out once finds what it finds when it is worked out each time."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import F
from django.db.transaction import TransactionManagementError, atomic

from community import clock, prepared
from community.people.models import Member, Role
from community.spaces.models import Openness
from community.threads.actions.record import to_lock
from community.threads.models import Attachment, Post, Thread
from community.threads.views.finding import all_threads, the_thread
from tests import make


def with_more(thread_id, author_id):
    return (
        Post.objects.filter(thread_id=thread_id, author_id=author_id)
        .select_related("thread__space__parent", "deleted_by")
        .annotate(said_in=F("thread__title"))
        .order_by("number")
    )


def the_one(thread_id):
    return Thread.objects.filter(pk=thread_id)


@pytest.mark.django_db
def test_rows_come_with_what_was_joined_to_them_and_with_what_was_added(peer, django_assert_num_queries):
    thread = make.thread(title="Keys expired", space=make.space(parent=make.space(name="Above")))
    other = make.thread(title="Another", by=peer)
    posts = [make.reply(thread, by=peer), make.reply(thread, by=peer)]
    make.reply(thread)

    with django_assert_num_queries(1):
        found = prepared.rows(with_more, thread.pk, peer.pk)
        assert [(post.pk, post.said_in, post.thread.space.parent.name) for post in found] == [
            (post.pk, "Keys expired", "Above") for post in posts
        ]
    assert found[0].deleted_by is None
    assert [type(post.created_at) for post in found] == [type(posts[0].created_at)] * 2
    assert prepared.first(with_more, other.pk, peer.pk).said_in == "Another"
    assert prepared.first(with_more, other.pk, thread.author_id) is None
    assert prepared.rows(with_more, 0, 10**30) == []


def files_and_what_they_belong_to(post_id):
    files = Attachment.objects.filter(post=post_id)
    return files.select_related("post__thread", "post__deleted_by").defer("post__body")


@pytest.mark.django_db
def test_what_is_found_is_what_django_makes_of_it(peer):
    post = make.reply(make.thread(), by=peer)
    Attachment.objects.create(post=post, uploader=peer, name="log.txt", file="log.txt", size=1, created_at=clock.now())

    def told(one: Any) -> Any:
        """All that an instance holds, and all that these hold."""
        state = one._state
        held = {name: told(other) if other else None for name, other in state.fields_cache.items()}
        values = {name: value for name, value in one.__dict__.items() if name != "_state"}
        return type(one), values, (state.db, state.adding, state.fetch_mode), held

    for question, values in (
        (with_more, (post.thread_id, peer.pk)),
        (files_and_what_they_belong_to, (post.pk,)),
    ):
        (found,), (made,) = prepared.rows(question, *values), question(*values)
        assert told(found) == told(made)
    # What a file does when it is set happens, and what was left out is asked for.
    assert (found.file.name, found.file.instance, found.post.body) == ("log.txt", found, post.body)


@pytest.mark.django_db(transaction=True)
def test_each_thread_asks_by_its_own_connection():
    threads = [make.thread(title=f"Number {n}") for n in range(4)]

    def ask(thread: Thread) -> list[str]:
        try:
            return [prepared.first(the_one, thread.pk).title for _time in range(20)]
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as hands:
        assert list(hands.map(ask, threads)) == [[thread.title] * 20 for thread in threads]


@pytest.mark.django_db(transaction=True)
def test_a_row_is_locked_inside_a_transaction_only():
    thread = make.thread()

    with atomic():
        assert prepared.first(to_lock, thread.pk) == thread
    with pytest.raises(TransactionManagementError):
        prepared.first(to_lock, thread.pk)


@pytest.mark.django_db
def test_a_customer_finds_for_a_reply_what_he_finds_elsewhere():
    space, inner = make.space(), make.space(readers=Openness.MEMBERS)
    organisation, member, now = make.organisation(), make.member(), clock.now()
    inner.members.add(member)
    make.seat(organisation, member)
    closed, below = make.space(readers=Openness.MEMBERS), make.space(parent=inner)

    def thread(by: Member | None = None, **row: Any) -> Thread:
        made = make.thread(space=space, by=by)
        Thread.objects.filter(pk=made.pk).update(**row)
        return made

    hidden, deleted = {"hidden_at": now, "hidden_because": "Why."}, {"deleted_at": now, "deleted_because": "Why."}
    named = thread(audience="named")
    threads = [
        named,
        thread(),
        thread(by=member, **hidden),
        thread(by=member, **deleted),
        thread(by=member, audience="named"),
        thread(**hidden),
        thread(audience="named"),
        thread(audience="staff"),
        thread(audience="organisation", organisation=organisation),
        thread(audience="organisation", organisation=make.organisation()),
        *(thread(space_id=other.pk) for other in (inner, closed, below)),
    ]
    named.named.add(member)
    customers = [member, make.member(), make.member(role=Role.AGENT)]
    customers[2].suspended_at, customers[2].suspended_until = now, now + timedelta(days=1)

    for customer in customers:
        visible = set(Thread.objects.visible_to(customer).values_list("pk", flat=True))
        assert {
            thread.pk for thread in threads if prepared.first(the_thread, all_threads, customer, thread.pk)
        } == visible
