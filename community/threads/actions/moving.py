"""Posts of one thread go to another that is there already. Their numbers stay where they were, as lines that lead on.

There they stand behind what was said by then, with numbers of their own. A post that comes back to where it stood
before takes its old place again.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from community.people.models import Member
from community.policy import Invalid
from community.threads.events import PostsMovedHere, ThreadSplitOff
from community.threads.models import Audience, EntryKind, Follow, MovedPost, Post, Thread
from community.threads.turns import find_last_word, settle, turn_after_reply

from .record import announce, note_down, record
from .splitting import close_the_gap, hear_again, helped_by, movable


class Moved(NamedTuple):
    """Which posts went, and who follows the other thread because of them, by the keys of the rows."""

    posts: list[int]
    follows: list[int]


# How a thread stands: whose turn it is, and since when.
Standing = tuple[str, datetime]


def move_locked(
    thread: Thread,
    into: Thread,
    numbers: list[int],
    *,
    by: Member,
    at: datetime,
    standing: Mapping[int, Standing] | None = None,
) -> Moved:
    """The caller holds both locks and has asked the policy. Raises Invalid with what cannot be moved, or not there.

    `standing`: how they are to stand by their numbers, where it does not follow from what is moved now.
    """
    check_place(thread, into)
    posts = movable(thread, numbers)
    helped = {post.pk: helped_by(post, thread) for post in posts}
    stood_there = {place.post_id: place for place in MovedPost.objects.filter(thread=into, post__in=posts)}
    for post in posts:
        MovedPost.objects.create(thread=thread, number=post.number or 0, post=post, at=at)
        take_place(post, into, stood_there.get(post.pk), at)
    hear_again(posts, into, helped)
    close_the_gap(thread, posts, at)
    follows = go_on_with(into, posts, at)
    for one in (thread, into):
        one.state, one.state_since = (standing or {}).get(one.pk, (one.state, one.state_since))
    entered = [note_down(PostsMovedHere, into, EntryKind.MOVED_HERE, by=by, at=at)]
    for post in posts:
        kind, who = (EntryKind.RESTORED, by) if post.pk in stood_there else (EntryKind.REPLIED, post.author)
        entered.append(note_down(PostsMovedHere, into, kind, by=who, at=at, post=post))
    # One word for all of them: whoever has the page open lacks the others, and asks for them.
    announce(into, entered[-1])
    record(ThreadSplitOff, thread, EntryKind.MOVED_AWAY, by=by, at=at)
    return Moved([post.pk for post in posts], follows)


def check_place(thread: Thread, into: Thread) -> None:
    """Whoever reads the posts there could read them here, or fewer do."""
    if into.pk == thread.pk:
        raise Invalid("into", _("They stand in this thread already. Give the number of another one."))
    if into.merged_into_id:
        raise Invalid(
            "into",
            _("#%(number)s is merged itself. Give the number of the one it leads to: #%(into)s.")
            % {"number": into.pk, "into": into.merged_into_id},
        )
    if into.is_hidden or into.is_deleted:
        raise Invalid("into", _("What is hidden or deleted takes no posts."))
    if into.audience != Audience.EVERYONE:
        raise Invalid("into", _("What is between few people takes no posts of others."))
    if thread.space_id != into.space_id and not thread.space.is_open:
        raise Invalid("into", _("Not everybody who reads #%(number)s may read these posts.") % {"number": into.pk})


def take_place(post: Post, into: Thread, before: MovedPost | None, at: datetime) -> None:
    if before:
        post.number, post.came_at = before.number, None
        before.delete()
        into.moved_count -= 1
    else:
        into.post_count += 1
        post.number, post.came_at = into.post_count, at
    post.thread, post.position = into, post.number
    post.save(update_fields=["thread", "number", "position", "came_at"])


def go_on_with(into: Thread, posts: list[Post], at: datetime) -> list[int]:
    """As if it had been said there just now; who follows because of it."""
    into.reply_count += len(posts)
    find_last_word(into)
    for post in posts:
        turn_after_reply(into, post, at)
    settle(into, at)
    speaking = {post.author_id for post in posts}
    speaking -= set(Follow.objects.filter(thread=into, member__in=speaking).values_list("member_id", flat=True))
    new = Follow.objects.bulk_create(Follow(thread=into, member_id=member, at=at) for member in sorted(speaking))
    into.follower_count += len(new)
    return [follow.pk for follow in new]
