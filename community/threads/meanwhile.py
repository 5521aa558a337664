"""What others said between the moment a page was read and the moment its reply was sent."""

from typing import Any

from .models import Post, Thread
from .pages.post import PostView

# Who was away for longer reads on in the thread.
MOST_SHOWN = 5


def came_since(thread: Thread, seen: int, reader: Any) -> list[Post]:
    """Replies of others with a higher number than the last one that was seen. No query where nothing came."""
    if thread.post_count <= seen:
        return []
    came = Post.objects.visible_to(reader).standing().filter(thread=thread, number__gt=seen).exclude(author=reader)
    return list(came.select_related("author").order_by("number"))


def shown(thread: Thread, came: list[Post]) -> list[PostView]:
    for post in came:
        post.thread = thread
    return [PostView(post, thread) for post in came[:MOST_SHOWN]]
