from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Greatest

from community import clock, kept
from community.events import publish
from community.organisations.models import Organisation
from community.people.models import Member
from community.policy import require
from community.spaces.models import Version
from community.threads.events import ThreadRead
from community.threads.models import Bookmark, Draft, Follow, MeToo, MovedPost, Post, ReadMark, Thread, Vote
from community.threads.policies import may_follow, may_reply, may_say_me_too, may_vote

from .record import locked


@transaction.atomic
def vote(*, by: Member, post: Post, on: bool = True) -> int:
    """Vote for a post or take the vote back; the new count. Both can be repeated without effect."""
    require(may_vote(by, post))
    changed = turn(Vote.objects.filter(post=post, voter=by), on, post=post, voter=by)
    if changed:
        Post.objects.filter(pk=post.pk).update(vote_count=F("vote_count") + changed)
        kept.outdate_on_commit(kept.of_thread(post.thread_id))
    return Post.objects.values_list("vote_count", flat=True).get(pk=post.pk)


@transaction.atomic
def me_too(*, by: Member, thread: Thread, on: bool = True, version: Version | None = None) -> int:
    """Say "I have this problem too", and follow the thread with it; the new count."""
    # The lock of the thread comes before every row beside it, as it does for a reply, so that nobody waits in a circle.
    thread = locked(thread.pk)
    require(may_say_me_too(by, thread))
    changed = turn(MeToo.objects.filter(thread=thread, member=by), on, thread=thread, member=by, version=version)
    if changed:
        Thread.objects.filter(pk=thread.pk).update(me_too_count=F("me_too_count") + changed)
        kept.outdate_on_commit(kept.of_thread(thread.pk), kept.LISTS)
        if on:
            follow(by=by, thread=thread)
    return Thread.objects.values_list("me_too_count", flat=True).get(pk=thread.pk)


@transaction.atomic
def follow(*, by: Member, thread: Thread, on: bool = True) -> int:
    thread = locked(thread.pk)
    require(may_follow(by, thread))
    changed = turn(Follow.objects.filter(thread=thread, member=by), on, thread=thread, member=by)
    if changed:
        Thread.objects.filter(pk=thread.pk).update(follower_count=F("follower_count") + changed)
        kept.outdate_on_commit(kept.of_thread(thread.pk))
    return changed


@transaction.atomic
def begin_following(members: set[int], thread: Thread, *, at: datetime) -> None:
    """Let them be told of what is said from now on, without their asking; who follows already is no second time."""
    thread = locked(thread.pk)
    new = members - set(Follow.objects.filter(thread=thread, member__in=members).values_list("member_id", flat=True))
    Follow.objects.bulk_create(Follow(thread=thread, member_id=pk, at=at) for pk in sorted(new))
    Thread.objects.filter(pk=thread.pk).update(follower_count=F("follower_count") + len(new))


@transaction.atomic
def bookmark(*, by: Member, post: Post, on: bool = True) -> None:
    turn(Bookmark.objects.filter(post=post, member=by), on, post=post, member=by)


def turn(rows: QuerySet, on: bool, **row: Any) -> int:
    """Make a row exist or not; +1 or -1 by what it changed, 0 if it was so already."""
    if not on:
        # What hangs on the row goes with it and is not counted.
        return -rows.delete()[1].get(rows.model._meta.label, 0)
    _, is_new = rows.model.objects.get_or_create(
        **{name: row[name] for name in row if name != "version"},
        defaults={"at": clock.now()} | {name: row[name] for name in row if name == "version"},
    )
    return int(is_new)


@transaction.atomic
def mark_read(*, by: Member, thread: Thread, number: int) -> None:
    """The member has seen the posts up to this number. Reading goes forward only."""
    number = min(number, thread.post_count)
    if thread.moved_count:
        # What stands elsewhere now is not there to be read.
        moved = set(MovedPost.objects.filter(thread=thread).values_list("number", flat=True))
        while number + 1 in moved:
            number += 1
    before = ReadMark.objects.filter(thread=thread, member=by).values_list("number", flat=True).first()
    if before is not None and before >= number:
        return
    ReadMark.objects.update_or_create(
        thread=thread,
        member=by,
        defaults={"number": Greatest(F("number"), number), "at": clock.now()},
        create_defaults={"number": number, "at": clock.now()},
    )
    publish(ThreadRead(thread_id=thread.pk, member_id=by.pk, number=number))


@transaction.atomic
def save_draft(
    *,
    by: Member,
    thread: Thread | None = None,
    organisation: Organisation | None = None,
    title: str = "",
    body: str = "",
    kind: str = "",
    fields: dict[str, Any] | None = None,
    token: str = "",
) -> Draft | None:
    """Keep what the member has written so far, in place of what was kept before. An empty draft is dropped: None.

    With the token of a form that has been sent meanwhile nothing is kept either: what arrives late is no draft.
    """
    if Post.objects.sent_with(by, token):
        return None
    if not (title.strip() or body.strip()):
        drop_draft(by=by, thread=thread, organisation=organisation)
        return None
    if thread is not None:
        thread = locked(thread.pk)
        require(may_reply(by, thread))
    draft, _ = Draft.objects.update_or_create(
        author=by,
        thread=thread,
        organisation=organisation,
        defaults={
            "title": title[:200],
            "body": body,
            "kind": kind[:16],
            "fields": fields or {},
            "updated_at": clock.now(),
        },
    )
    return draft


def drop_draft(*, by: Member, thread: Thread | None = None, organisation: Organisation | None = None) -> None:
    Draft.objects.for_place(by, thread, organisation).delete()
