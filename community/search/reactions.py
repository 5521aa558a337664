from community.threads.events import ThreadChanged
from community.threads.models import Post

from .tasks import index_post


def queue_indexing(event: ThreadChanged) -> None:
    """The index follows in its own time; the task is queued in the same transaction, so that it cannot be lost."""
    post_id = event.post_id
    if post_id is None:
        # A new title stands in the entry of the question.
        post_id = Post.objects.values_list("pk", flat=True).get(thread_id=event.thread_id, number=1)
    index_post.enqueue(post_id)
