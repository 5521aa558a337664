from community.people.events import MemberForgotten, WordsTakenOut
from community.threads.events import QuestionAsked, ThreadChanged
from community.threads.models import Post

from . import entries
from .tasks import index_post, look_for_the_same_case, merge_segments


def queue_indexing(event: ThreadChanged) -> None:
    """The index follows in its own time; the task is queued in the same transaction, so that it cannot be lost."""
    post_id = event.post_id
    if post_id is None:
        # A new title stands in the entry of the question.
        post_id = Post.objects.values_list("pk", flat=True).get(thread_id=event.thread_id, number=1)
    index_post.enqueue(post_id)


def queue_comparing(event: QuestionAsked) -> None:
    look_for_the_same_case.enqueue(event.thread_id)


def index_again(event: WordsTakenOut) -> None:
    """At once, as it is a task that takes them out: when all is forgotten, no entry has them any more."""
    if event.model == "threads.post":
        entries.bring_in_step(int(event.key))
    elif event.model == "threads.thread":
        for post_id in Post.objects.filter(thread_id=int(event.key), number=1).values_list("pk", flat=True):
            entries.bring_in_step(post_id)


def queue_merging(event: MemberForgotten) -> None:
    merge_segments.enqueue()
