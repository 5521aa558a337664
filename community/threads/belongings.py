"""What of a member's own is in threads: all that was said, also where it was removed, and nobody else's words."""

from collections.abc import Iterator
from typing import Any

from community.people.models import Member

from .models import Attachment, Bookmark, Confirmation, Draft, Follow, MeToo, Post, SavedFilter, Thread, Vote


def belongings(member: Member) -> Iterator[tuple[str, Any]]:
    posts = Post.objects.filter(author=member).order_by("thread", "position", "pk")
    said = ("thread", "number", "kind", "created_at", "edited_at", "hidden_because", "deleted_because", "body")
    yield "posts.json", posts.values("pk", *said)
    for thread_id in posts.order_by("thread").values_list("thread", flat=True).distinct():
        yield f"posts/{thread_id}.md", as_markdown(member, thread_id)
    yield "votes.json", Vote.objects.filter(voter=member).values("post", "at")
    confirmed = ("post", "voice", "works", "version__name", "platform__name", "at")
    yield "confirmations.json", Confirmation.objects.filter(member=member).values(*confirmed)
    yield "same-problem.json", MeToo.objects.filter(member=member).values("thread", "version__name", "at")
    yield "followed.json", Follow.objects.filter(member=member).values("thread", "at")
    yield "bookmarks.json", Bookmark.objects.filter(member=member).values("post", "at")
    drafts = ("thread", "organisation", "title", "body", "kind", "fields", "updated_at")
    yield "drafts.json", Draft.objects.filter(author=member).values(*drafts)
    yield "filters.json", SavedFilter.objects.filter(member=member).values("name", "query", "saved_at")
    files = Attachment.objects.filter(uploader=member).order_by("pk")
    yield "files.json", files.values("key", "post", "name", "content_type", "size", "created_at")
    for file in files.iterator():
        yield f"files/{file.key}-{file.name.replace('/', '-')}", file.file


def as_markdown(member: Member, thread_id: int) -> str:
    """The member's posts of one thread; its title where he can still read it, or gave it himself."""
    thread = Thread.objects.get(pk=thread_id)
    is_known = thread.author_id == member.pk or Thread.objects.visible_to(member).filter(pk=thread_id).exists()
    parts = [f"# {thread.title if is_known else f'#{thread_id}'}"]
    for post in thread.posts.filter(author=member).order_by("position", "pk"):
        parts.append(f"## {post.number or ''} {post.created_at:%Y-%m-%d %H:%M} UTC\n\n{post.body}")
    return "\n\n".join(parts) + "\n"
