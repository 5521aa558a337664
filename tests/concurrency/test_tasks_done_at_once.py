"""Where the queue is long, calls of one task are done at once: each of them, and none kept by another."""

import pytest
from django.tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from community import errands
from community.inbox.models import Notice
from community.inbox.tasks import tell_of_post
from community.search import entries
from community.search.tasks import index_post, index_posts
from community.threads.models import Follow, Post
from forum.working import Worker
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)


def work() -> None:
    Worker(interval=0, batch=True, worker_id="at-once").run()


@pytest.fixture
def together(monkeypatch):
    """What was handed over to be done at once."""
    handed = []

    def noted(ids):
        handed.append(ids)
        index_posts(ids)

    monkeypatch.setitem(errands.TOGETHER, index_post.module_path, noted)
    return handed


def test_entries_and_notices_of_many_posts_are_made_at_once(queued, peer, customer, together):
    thread = make.thread(by=customer)
    Follow.objects.get_or_create(thread=thread, member=customer, defaults={"at": thread.created_at})
    posts = [make.reply(thread, by=peer) for _each in range(4)]
    gone = make.reply(thread, by=peer)
    Post.objects.filter(pk=gone.pk).update(deleted_at=gone.created_at, deleted_by=peer, deleted_because="Twice.")
    DBTaskResult.objects.all().delete()
    for post in (*posts, gone):
        index_post.enqueue(post.pk)
        tell_of_post.enqueue(post.pk)
    index_post.enqueue(0)

    work()

    assert together == [[*(post.pk for post in posts), gone.pk, 0]]
    assert {post.pk for post in posts} == set(entries.indexed_ids())
    notice = Notice.objects.get(member=customer)
    assert (notice.count, notice.post, notice.last_post) == (4, posts[0], posts[-1])
    assert {task.status for task in DBTaskResult.objects.all()} == {TaskResultStatus.SUCCESSFUL}
    assert {len(task.worker_ids) for task in DBTaskResult.objects.all()} == {1}


def test_where_it_fails_at_once_each_is_done_alone(queued, peer, monkeypatch):
    def fails(ids):
        raise ZeroDivisionError

    monkeypatch.setitem(errands.TOGETHER, index_post.module_path, fails)
    thread = make.thread()
    posts = [make.reply(thread, by=peer) for _each in range(3)]
    DBTaskResult.objects.all().delete()
    for post in posts:
        index_post.enqueue(post.pk)

    work()

    assert {post.pk for post in posts} == set(entries.indexed_ids())
    assert DBTaskResult.objects.successful().count() == 3


def test_what_was_begun_before_goes_alone_as_its_worker_may_have_died_of_it(queued, peer, together):
    thread = make.thread()
    for post in [make.reply(thread, by=peer) for _each in range(3)]:
        index_post.enqueue(post.pk)
    begun = DBTaskResult.objects.filter(task_path=index_post.module_path)
    begun.update(worker_ids=["one that died"])

    work()

    assert together == []
    assert set(begun.values_list("status", flat=True)) == {TaskResultStatus.SUCCESSFUL}
