"""The pieces of a thread's page that also arrive by themselves. No request: each is the same for every reader.

Regions are elements with data-live-region="<name>": "notices", "head", "state", "best", "merged", "turn", "people"
and "post-<id>" for each post. A change to the thread is shown by its line or post, and by the regions that say
something else now.
"""

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Q
from django.template.loader import render_to_string

from community.threads.models import LogEntry, MovedPost, Post, Thread

from .best import best_of
from .merged import merged_into
from .post import PostView
from .record import Line, MovedLine, with_line
from .state import state_line
from .wayfinding import people_of

REGIONS = ("notices", "head", "state", "best", "merged", "turn", "people")


def post_html(post: Post, thread: Thread) -> str:
    """The one HTML of a post, a line with the reason if it was removed. `post.author` is asked for."""
    post.thread = thread
    return PostView(post, thread).html


def moved_html(thread: Thread) -> dict[str, str]:
    """By region: the places of the posts that were moved away."""
    moved = MovedPost.objects.filter(thread=thread).select_related("post")
    return {one.post.anchor: render_to_string(MovedLine.template, {"item": MovedLine(one)}) for one in moved}


def line_html(entry: LogEntry, thread: Thread) -> str:
    """The line of what happened; empty when the log's row has none."""
    found = with_line(LogEntry.objects.filter(pk=entry.pk), thread.author_id).first()
    if found is None:
        return ""
    line = Line(found)
    return render_to_string(line.template, {"item": line})


def regions_html(thread: Thread, posts: Iterable[Post] = (), names: Collection[str] = REGIONS) -> dict[str, str]:
    """What the thread, from `for_page()`, says of itself now in the regions `names`, and these posts, by region."""
    best = best_of(thread)
    context: dict[str, Any] = {"thread": thread, "best": best, "line": state_line(thread, best)}
    if "turn" in names:
        context["tags"] = thread.tags.all()
    if "merged" in names:
        context["merged"] = merged_into(thread)
    if "people" in names:
        context |= {"people": people_of(thread), "is_question": thread.is_question}
    regions = {name: render_to_string(f"components/thread_{name}.html", context) for name in names}
    return regions | {f"post-{post.pk}": post_html(post, thread) for post in posts}


def posts_spoken_about(thread: Thread) -> list[Post]:
    """The posts whose HTML may change when somebody judges one of them: at most one of them is shown at the top."""
    spoken = (
        ~Q(accepted_by_support_at=None)
        | ~Q(confirmed_by_asker_at=None)
        | ~Q(asker_says_no_at=None)
        | Q(others_confirmed_count__gt=0)
        | Q(others_failed_count__gt=0)
    )
    return list(Post.objects.filter(spoken, thread=thread).standing().select_related("author").in_order())
