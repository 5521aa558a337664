"""The same question asked twice: one leads to the other, loses nothing, and can be taken apart again as it was."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from community import clock
from community.people.models import Member
from community.policy import OutOfStep, require
from community.threads.events import HelpedElsewhere, ThreadGaveBack, ThreadMerged, ThreadTookIn, ThreadUnmerged
from community.threads.models import LONGEST_REASON, BroughtAlong, EntryKind, Follow, Merging, Post, State, Thread
from community.threads.policies import may_say_of_merged
from community.threads.turns import settle

from .record import locked, record


def locked_together(*ids: int) -> dict[int, Thread]:
    """Several threads under their locks, by number: in order, so that nobody waits in a circle."""
    return {pk: locked(pk) for pk in sorted(set(ids))}


def with_where_it_leads(thread_id: int) -> tuple[Thread, Thread]:
    """A merged thread and the one it leads to, both locked. Raises OutOfStep when it stands alone."""
    into_id = Thread.objects.values_list("merged_into", flat=True).filter(pk=thread_id).first()
    if into_id is None:
        raise OutOfStep(_("This thread is not merged."))
    both = locked_together(thread_id, into_id)
    if not both[thread_id].is_merged:
        raise OutOfStep(_("This thread is not merged."))
    if both[thread_id].merged_into_id != into_id:
        raise OutOfStep(_("This thread was merged differently meanwhile. Load the page again."))
    return both[thread_id], both[into_id]


def merge_locked(thread: Thread, into: Thread, *, by: Member, at: datetime) -> Merging:
    """The caller holds both locks and has asked the policies. Facts, counters, posts and log stay with each."""
    merging = Merging.objects.create(thread=thread, into=into, by=by, at=at)
    thread.merged_into = into
    into.merged_count += 1
    into.follower_count += bring_along(merging)
    record(ThreadMerged, thread, EntryKind.MERGED, by=by, at=at)
    record(ThreadTookIn, into, EntryKind.TOOK_IN, by=by, at=at)
    return merging


def unmerge_locked(thread: Thread, into: Thread, *, by: Member | None, at: datetime, because: str = "") -> Merging:
    """As `merge_locked`: both ends are again as they would be if they had never met."""
    merging = Merging.objects.get(thread=thread, ended_at=None)
    merging.ended_by, merging.ended_at, merging.ended_because = by, at, because
    merging.save(update_fields=["ended_by", "ended_at", "ended_because"])
    thread.merged_into = None
    into.merged_count -= 1
    into.follower_count -= let_go(merging)
    record(ThreadUnmerged, thread, EntryKind.UNMERGED, by=by, at=at)
    record(ThreadGaveBack, into, EntryKind.GAVE_BACK, by=by, at=at)
    return merging


def bring_along(merging: Merging) -> int:
    """Followers of the merged thread follow the other one too; how many that makes more of."""
    there = Follow.objects.filter(thread=merging.into)
    known = dict(there.values_list("member_id", "pk"))
    coming = list(Follow.objects.filter(thread=merging.thread).values_list("member_id", flat=True))
    new = Follow.objects.bulk_create(
        Follow(thread=merging.into, member_id=member, at=merging.at) for member in coming if member not in known
    )
    # Who had come along with another one stays until the last of them is taken apart.
    brought = set(BroughtAlong.objects.filter(follow__in=there).values_list("follow_id", flat=True))
    along = [follow.pk for follow in new] + [known[pk] for pk in coming if known.get(pk) in brought]
    BroughtAlong.objects.bulk_create(BroughtAlong(merging=merging, follow_id=pk) for pk in along)
    return len(new)


def let_go(merging: Merging) -> int:
    """Whoever came along with this one alone, and has not spoken there since, no longer follows; how many that is."""
    along = list(BroughtAlong.objects.filter(merging=merging).values_list("follow_id", flat=True))
    BroughtAlong.objects.filter(merging=merging).delete()
    spoke = Post.objects.filter(thread=merging.into, created_at__gte=merging.at).values("author")
    only_so = Follow.objects.filter(pk__in=along, brought_by=None).exclude(member__in=spoke)
    return only_so.delete()[1].get(Follow._meta.label, 0)


@transaction.atomic
def call_it_different(*, by: Member, thread: Thread, because: str = "") -> Thread:
    """The asker's question is another one: it stands alone again at once, and whoever merged it reads so in the log."""
    thread, into = with_where_it_leads(thread.pk)
    require(may_say_of_merged(by, thread))
    unmerge_locked(thread, into, by=by, at=clock.now(), because=" ".join(because.split())[:LONGEST_REASON])
    return thread


@transaction.atomic
def say_it_helps(*, by: Member, thread: Thread, works: bool) -> Thread:
    """The asker's word on his own question, about the solution found elsewhere; it is never counted there.

    If it does not help, the question is not answered: it stands alone again, and it is our turn.
    """
    thread, into = with_where_it_leads(thread.pk)
    require(may_say_of_merged(by, thread))
    at = clock.now()
    thread.said_of_elsewhere_at, thread.works_as_elsewhere = at, works
    settle(thread, at)
    if not works:
        if thread.is_question and not thread.is_closed and not thread.confirmed_by_asker_at:
            thread.move_to_state(State.WORKAROUND if thread.workaround_id else State.WAITING_US, at)
        unmerge_locked(thread, into, by=by, at=at)
        return thread
    record(HelpedElsewhere, thread, EntryKind.HELPED_ELSEWHERE, by=by, at=at)
    record(HelpedElsewhere, into, EntryKind.HELPED_MERGED, by=by, at=at)
    return thread
