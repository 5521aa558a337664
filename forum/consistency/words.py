"""What is made of words: the HTML that a post shows, and what the index knows it by."""

from collections.abc import Iterator
from itertools import batched

from django.tasks import Task, TaskResultStatus
from django_tasks_db.models import DBTaskResult

from community import kept, prose
from community.search.catching_up import differing_entries, missing_posts, stale_entries
from community.search.entries import bring_all_in_step
from community.search.tasks import index_again, index_post
from community.threads.attaching import html_of
from community.threads.models import Post

AT_ONCE = 500


def differing() -> Iterator[tuple[Post, str | None]]:
    """Posts that show something else than their words become today, and what that is.

    None where it is too much: taken over from elsewhere before there was a limit, it stays as it was.
    """
    for post in Post.objects.only("pk", "thread", "body", "html").iterator(chunk_size=AT_ONCE):
        try:
            html = html_of(post.body)
        except prose.TooMuch:
            html = None
        if html != post.html:
            yield post, html


def make_again() -> Iterator[tuple[Post, str | None]]:
    """Nobody says anything: the same words only get the HTML that is made of them today. Gives those it looked at."""
    changed = 0
    try:
        for post, html in differing():
            if html is not None:
                # Whoever edits it meanwhile, or takes a picture out of it, has made it anew; theirs stays.
                changed += Post.objects.filter(pk=post.pk, body=post.body, html=post.html).update(html=html)
            yield post, html
    finally:
        if changed:
            kept.outdate()


def html() -> Iterator[str]:
    for post, today in differing():
        if today is not None:
            yield f"post {post.pk} of thread {post.thread_id}: shows something else than its words become today"


def search_index() -> Iterator[str]:
    """The index knows each post that can be read by its words, unless the task for it still waits its turn."""
    for post in missing_posts().exclude(pk__in=waiting_to_be_indexed()).only("pk", "thread_id"):
        yield f"post {post.pk} of thread {post.thread_id}: is not in the index"
    stale = [entry.post_id for entry in stale_entries()]
    for post_id in not_waiting(stale):
        yield f"post {post_id}: is in the index and cannot be read"
    for post_id in known_by_other_words():
        yield f"post {post_id}: is in the index by other words than it has"


def known_by_other_words() -> list[int]:
    """None while what the index holds of a post is on its way to be another."""
    if waiting(index_again):
        return []
    return not_waiting(list(differing_entries()))


def not_waiting(post_ids: list[int]) -> list[int]:
    """Asked once they are known, so that what was queued while they were looked for is waited for too."""
    on_their_way = waiting_to_be_indexed()
    return [post_id for post_id in post_ids if post_id not in on_their_way]


def waiting_to_be_indexed() -> set[int]:
    return {post_id for task in waiting(index_post) for post_id in task.args_kwargs["args"]}


def waiting(task: Task) -> list[DBTaskResult]:
    states = (TaskResultStatus.READY, TaskResultStatus.RUNNING)
    return list(DBTaskResult.objects.filter(task_path=task.module_path, status__in=states))


def mend() -> Iterator[str]:
    for post, today in make_again():
        if today is not None:
            yield f"post {post.pk} of thread {post.thread_id}: shows again what its words become today"
    for post_ids in batched(known_by_other_words(), AT_ONCE, strict=False):
        bring_all_in_step(post_ids)
        for post_id in post_ids:
            yield f"post {post_id}: is in the index by its words again"


CHECKS = (html, search_index)
