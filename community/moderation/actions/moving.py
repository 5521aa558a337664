"""Posts that were written in the wrong thread go to the right one, and back within seconds."""

from django.db import transaction
from django.utils.dateparse import parse_datetime

from community import clock
from community.moderation.models import Batch, BatchAct, BatchItem, ItemOutcome, Verb
from community.moderation.policies import may_curate
from community.people.models import Member
from community.policy import OutOfStep, require
from community.threads.actions.merging import locked_together
from community.threads.actions.moving import move_locked
from community.threads.models import Follow, Post, Thread
from community.threads.policies import stands_alone

from .decisions import decided, reason
from .taking_back import changed_since, words_for_now


@transaction.atomic
def move_posts(*, by: Member, thread: Thread, posts: list[int], into: Thread, because: str) -> Batch:
    """Some posts, by their numbers, go behind what was said in another thread. What was done, to be taken back."""
    both = locked_together(thread.pk, into.pk)
    thread, into = both[thread.pk], both[into.pk]
    require(may_curate(by))
    if not (alone := stands_alone(thread)):
        raise OutOfStep(alone.reason)
    because = reason(because)
    at = clock.now()
    stood = {"state": into.state, "state_since": into.state_since.isoformat()}
    item = BatchItem(thread=thread, outcome=ItemOutcome.DONE, state=thread.state, state_since=thread.state_since)
    moved = move_locked(thread, into, posts, by=by, at=at)
    decided(Verb.MOVED_POSTS, by=by, at=at, because=because, thread=thread, after=f"#{into.pk}")
    batch = Batch.objects.create(
        by=by,
        act=BatchAct.POSTS,
        because=because,
        into=into,
        at=at,
        finished_at=at,
        moved=moved._asdict() | stood | {"seq": into.seq},
    )
    item.batch, item.seq = batch, thread.seq
    item.save()
    return batch


def move_posts_back(batch: Batch, item: BatchItem) -> None:
    """Each to its own number, and both threads stand as they stood. Lines keep the places that they had for seconds."""
    both = locked_together(item.thread_id, batch.into_id or 0)
    thread, into, moved = both[item.thread_id], both[batch.into_id or 0], batch.moved
    require(may_curate(batch.by))
    if (thread.seq, into.seq) != (item.seq, moved["seq"]):
        raise changed_since()
    numbers = Post.objects.filter(thread=into, pk__in=moved["posts"]).values_list("number", flat=True)
    at = clock.now()
    into.follower_count -= Follow.objects.filter(pk__in=moved["follows"]).delete()[1].get(Follow._meta.label, 0)
    standing = {
        thread.pk: (item.state, item.state_since or at),
        into.pk: (moved["state"], parse_datetime(moved["state_since"]) or at),
    }
    move_locked(into, thread, [number for number in numbers if number], by=batch.by, at=at, standing=standing)
    decided(Verb.MOVED_POSTS, by=batch.by, at=at, because=words_for_now(), thread=into, after=f"#{thread.pk}")
