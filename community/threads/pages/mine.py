"""What is one reader's own on the page of a thread. It stands beside the posts, never inside them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from community import prepared
from community.people.policies import curates
from community.policy import Verdict
from community.threads import policies
from community.threads.models import Kind, Post, Thread, Voice

from .post import PostView
from .record import NewSince, Record


@dataclass(frozen=True)
class Judging:
    """The question a reader is asked under an answer that nobody in his position has judged yet."""

    post: Post
    as_support: bool


@dataclass
class Mine:
    """One member's standing in a thread and towards the posts of one page. Ids are ids of posts."""

    reply: Verdict
    follows: bool = False
    has_it_too: bool = False
    read_to: int | None = None
    read_at: datetime | None = None
    new_count: int = 0
    # What is new begins on another page than the one that is shown.
    new_elsewhere: bool = False
    voted: list[int] = field(default_factory=list)
    kept: list[int] = field(default_factory=list)
    says_works: list[int] = field(default_factory=list)
    says_broken: list[int] = field(default_factory=list)
    may_edit: list[int] = field(default_factory=list)
    judging: dict[int, Judging] = field(default_factory=dict)
    # Those of authors from whom the reader wants to hear nothing. What stands at the top as the best stays there.
    muted: list[int] = field(default_factory=list)
    # And the ids of these authors, for what arrives by itself.
    hears_not: list[int] = field(default_factory=list)
    is_asker: bool = False
    is_team: bool = False


def mine(reader: Any, thread: Any, posts: Iterable[Post] = ()) -> Mine:
    """What the reader, signed in or not, has to do with the thread; for members one query, none for visitors.

    The thread comes from `with_standing_of(reader)` when the reader is a member.
    """
    own = Mine(reply=policies.may_reply(reader, thread))
    if not reader.is_authenticated:
        return own
    own.is_asker = thread.author_id == reader.pk
    own.is_team = thread.is_inside(reader)
    own.follows, own.has_it_too = thread.is_following, thread.has_it_too
    own.read_to, own.read_at, own.new_count = thread.read_to, thread.read_at, thread.new_count
    shown = {post.pk: post for post in posts}
    if thread.best is not None:
        shown.setdefault(thread.best_id, thread.best)
    for pk, voted, kept, word in prepared.rows(voices_of, reader, *prepared.filled_up(shown)):
        if voted:
            own.voted.append(pk)
        if kept:
            own.kept.append(pk)
        if word is not None:
            (own.says_works if word else own.says_broken).append(pk)
    edits_all = curates(reader)
    own.may_edit = [
        pk
        for pk, post in shown.items()
        # Of all others' the answer is no, and to say why takes as long as all the rest of this.
        if (edits_all or post.author_id == reader.pk) and policies.may_edit(reader, post)
    ]
    own.hears_not = reader.muted
    own.muted = [pk for pk, post in shown.items() if post.author_id in own.hears_not and not post.author.is_team]
    own.judging = {pk: Judging(post, as_support) for pk, post, as_support in to_judge(reader, thread, shown, own)}
    return own


def voices_of(reader: Any, *posts: int) -> QuerySet:
    return Post.objects.filter(pk__in=posts).with_voices_of(reader).values_list("pk", "voted", "kept", "word")


def to_judge(reader: Any, thread: Thread, shown: dict[int, Post], own: Mine) -> Iterable[tuple[int, Post, bool]]:
    for pk, post in shown.items():
        if post.kind != Kind.SOLUTION or post.author_id == reader.pk or not policies.may_accept(reader, post):
            continue
        as_support = policies.voice_of(reader, thread) == Voice.SUPPORT
        if pk == thread.best_id and not as_support:
            # The state line asks that, at the top.
            continue
        judged = post.accepted_by_support_at if as_support else pk in own.says_works or pk in own.says_broken
        if not judged:
            yield pk, post, as_support


def mark_new(record: Record, own: Mine) -> None:
    """Put the line "new since you were here" before the first post the member has not seen, if it is on this page."""
    if own.read_to is None or own.read_at is None or not own.new_count:
        return
    moved = record.moved_numbers
    first_new = own.read_to + 1
    while first_new in moved:
        first_new += 1
    for place, item in enumerate(record.items):
        if isinstance(item, PostView) and item.post.number == first_new:
            record.items.insert(place, NewSince(own.new_count, own.read_at))
            return
    own.new_elsewhere = True
