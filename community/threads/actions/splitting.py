"""Some posts of a thread become a thread of their own. Their numbers stay where they were, as lines that lead on."""

from datetime import datetime

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from community.people.actions import credit_help
from community.people.models import Member
from community.policy import Invalid, OutOfStep
from community.spaces.models import Space
from community.threads.events import ThreadBegunOfPosts, ThreadSplitOff
from community.threads.models import (
    Audience,
    Confirmation,
    EntryKind,
    Follow,
    Genre,
    Kind,
    MovedPost,
    Post,
    ReadMark,
    State,
    Thread,
    Voice,
)
from community.threads.turns import count_voices, find_last_word, settle, turn_after_reply

from .record import record

# As many as somebody has read before he decides about them, and one press can move under the lock.
MOST_POSTS = 200


def split_locked(
    thread: Thread, numbers: list[int], *, by: Member, at: datetime, space: Space, title: str, genre: str
) -> Thread:
    """The caller holds the lock and has asked the policy. Raises Invalid with what cannot be moved."""
    posts = movable(thread, numbers)
    if Confirmation.objects.filter(post=posts[0]).exists():
        raise Invalid("posts", _("The first of them becomes the question, and somebody has said that it is an answer."))
    new = begin_with(posts[0], of=thread, space=space, title=title, genre=genre)
    helped = {post.pk: helped_by(post, thread) for post in posts}
    for number, post in enumerate(posts, start=1):
        MovedPost.objects.create(thread=thread, number=post.number or 0, post=post, at=at)
        post.thread, post.number, post.position = new, number, number
        post.kind = Kind.INFORMATION if number == 1 else Kind(post.kind)
        post.is_official = post.is_official and post.author_id != new.author_id
        post.save(update_fields=["thread", "number", "position", "kind", "is_official"])
        new.append(EntryKind.ASKED if number == 1 else EntryKind.REPLIED, by=post.author, at=post.created_at, post=post)
    hear_again(posts, new, helped)
    stand_where_it_is(new, posts, at)
    close_the_gap(thread, posts, at)
    record(ThreadBegunOfPosts, new, EntryKind.SPLIT_FROM, by=by, at=at)
    record(ThreadSplitOff, thread, EntryKind.SPLIT_OFF, by=by, at=at)
    return new


def movable(thread: Thread, numbers: list[int]) -> list[Post]:
    if thread.audience != Audience.EVERYONE:
        raise Invalid("posts", _("What is between few people is not taken apart."))
    if not numbers or len(numbers) > MOST_POSTS:
        raise Invalid("posts", _("Choose between 1 and %(most)s posts.") % {"most": MOST_POSTS})
    if min(numbers) <= 1:
        raise Invalid("posts", _("The question stays where it is. Move the whole thread instead."))
    posts = list(Post.objects.filter(thread=thread, number__in=numbers).select_related("author").order_by("number"))
    missing = sorted(set(numbers) - {post.number for post in posts if not post.is_removed})
    if missing:
        if MovedPost.objects.filter(thread=thread, number=missing[0]).exists():
            raise OutOfStep(_("Post %(number)s was moved meanwhile.") % {"number": missing[0]})
        raise Invalid("posts", _("There is no post %(number)s here that can be read.") % {"number": missing[0]})
    return posts


def begin_with(post: Post, *, of: Thread, space: Space, title: str, genre: str) -> Thread:
    new = Thread.objects.create(
        title=title,
        genre=genre,
        space=space,
        author=post.author,
        product=of.product,
        version=of.version,
        platform=of.platform,
        split_from=of,
        created_at=post.created_at,
        last_post_at=post.created_at,
        last_poster=post.author,
        state=State.WAITING_US if genre == Genre.QUESTION else State.OPEN,
        state_since=post.created_at,
    )
    new.tags.set(of.tags.all())
    return new


def helped_by(post: Post, thread: Thread) -> int:
    return post.people_helped if post.author_id != thread.author_id else 0


def hear_again(posts: list[Post], new: Thread, helped: dict[int, int]) -> None:
    """Whoever asks in the new thread speaks there as its asker, all others as others; support stays support."""
    words = Confirmation.objects.filter(post__in=posts).exclude(voice=Voice.SUPPORT)
    words.exclude(member=new.author).update(voice=Voice.OTHER)
    words.filter(member=new.author).update(voice=Voice.ASKER)
    for post in posts:
        count_voices(post)
        if more := helped_by(post, new) - helped[post.pk]:
            credit_help(member_id=post.author_id, people=more)


def stand_where_it_is(new: Thread, posts: list[Post], at: datetime) -> None:
    """Whose turn it is in the new thread, as if it had been one from the beginning."""
    new.post_count, new.reply_count = len(posts), len(posts) - 1
    new.last_post_at, new.last_poster = posts[-1].created_at, posts[-1].author
    for post in posts[1:]:
        turn_after_reply(new, post, post.created_at)
    settle(new, at)
    speaking = {post.author_id for post in posts}
    Follow.objects.bulk_create(Follow(thread=new, member_id=member, at=at) for member in sorted(speaking))
    new.follower_count = len(speaking)


def close_the_gap(thread: Thread, posts: list[Post], at: datetime) -> None:
    thread.reply_count -= len(posts)
    thread.moved_count += len(posts)
    find_last_word(thread)
    settle(thread, at)
    if thread.state == State.WAITING_ASKER and not asks_still(thread):
        thread.move_to_state(State.WORKAROUND if thread.workaround_id else State.WAITING_US, at)
    # Whoever had read all that is left here has read it all.
    left = Post.objects.filter(thread=thread).aggregate(last=Max("number"))["last"] or 0
    ReadMark.objects.filter(thread=thread, number__gte=left).update(number=thread.post_count)


def asks_still(thread: Thread) -> bool:
    """Somebody asked the asker something, and he has not spoken since."""
    said = Post.objects.filter(thread=thread).standing()
    last = said.filter(author=thread.author_id).aggregate(last=Max("number"))["last"] or 0
    return said.filter(kind=Kind.QUESTION, number__gt=last).exists()
