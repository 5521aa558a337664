"""Leaving notices and reading them. How many are unread stands with the member, so that no page has to count."""

from collections.abc import Collection

from django.db import transaction
from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from community import clock
from community.events import publish
from community.people.models import Member, Muting, Role
from community.threads.models import Post, Thread

from .events import NoticesLeft
from .models import MailRefusal, MailWish, Notice

AT_ONCE = 500


def notify(
    members: Collection[int],
    kind: str,
    *,
    thread: Thread | None = None,
    post: Post | None = None,
    actor_id: int | None = None,
    path: str = "",
    title: str = "",
) -> None:
    """Tell members, by their ids, something once. What is like it and still unread is counted there instead.

    Who has muted the actor is not told; the team cannot be muted.

    The same post is counted once however often this runs; `path` and `title` stand for what is no thread.
    """
    # Most often: no transaction begins for nobody.
    if not members:
        return
    with transaction.atomic():
        if actor_id is not None:
            mutings = Muting.objects.filter(member=actor_id, member__role=Role.CUSTOMER, by__in=members)
            members = set(members) - set(mutings.values_list("by_id", flat=True))
        at = post.created_at if post else clock.now()
        waiting = Notice.objects.unread().filter(member__in=members, kind=kind, thread=thread, path=path)
        told = set(waiting.values_list("member_id", flat=True))
        if told and post is not None:
            waiting.filter(last_post__lt=post.pk).update(count=F("count") + 1, last_post=post, actor=actor_id, at=at)
        new = [
            Notice(
                member_id=member_id,
                kind=kind,
                thread=thread,
                post=post,
                last_post=post,
                actor_id=actor_id,
                path=path,
                title=title[:200],
                at=at,
            )
            for member_id in members
            if member_id not in told
        ]
        # Two that come at the same moment are one.
        Notice.objects.bulk_create(new, batch_size=AT_ONCE, ignore_conflicts=True)
        settle(members)


@transaction.atomic
def read_thread(*, by_id: int, thread_id: int, number: int) -> None:
    """The member has read the thread up to this number: what was said of it up to there is read too."""
    unread = Notice.objects.unread().filter(member=by_id, thread=thread_id)
    rest = unread.filter(last_post__number__gt=number).values("pk")
    if unread.exclude(pk__in=rest).update(read_at=clock.now()):
        settle([by_id])


@transaction.atomic
def withdraw(kind: str, *, thread_id: int) -> None:
    """What was told of a thread asks nothing of anybody any more."""
    unread = Notice.objects.unread().filter(kind=kind, thread=thread_id)
    members = list(unread.values_list("member_id", flat=True))
    if members:
        unread.update(read_at=clock.now())
        settle(members)


@transaction.atomic
def withdraw_of_posts(post_ids: Collection[int]) -> None:
    """Nobody who has not read it yet is told of these posts any more."""
    unread = Notice.objects.unread().filter(post__in=post_ids, last_post__in=post_ids)
    members = list(unread.values_list("member_id", flat=True))
    if members:
        unread.delete()
        settle(members)


@transaction.atomic
def withdraw_altogether(notices: QuerySet[Notice]) -> None:
    """As if they had never been left."""
    members = set(notices.values_list("member_id", flat=True))
    if members:
        notices.delete()
        settle(members)


@transaction.atomic
def read_notice(*, by: Member, notice: Notice) -> None:
    Notice.objects.unread().filter(member=by, pk=notice.pk).update(read_at=clock.now())
    settle([by.pk])


@transaction.atomic
def read_all(*, by: Member) -> None:
    Notice.objects.unread().filter(member=by).update(read_at=clock.now())
    settle([by.pk])


@transaction.atomic
def choose_ways(*, by: Member, ways: dict[str, str]) -> None:
    """How the member is told of what: {group: way}."""
    # Who still wants mail has seen to it that his address takes some: it is tried again.
    MailRefusal.objects.filter(member=by).delete()
    for group, way in ways.items():
        MailWish.objects.update_or_create(member=by, group=group, defaults={"way": way})


def settle(members: Collection[int]) -> None:
    """Bring the members' counts in step with their rows, and tell their open pages."""
    rows = Notice.objects.unread().filter(member=OuterRef("pk")).order_by().values("member")
    counted = rows.annotate(n=Count("pk")).values("n")
    Member.objects.filter(pk__in=members).update(unread_notices=Coalesce(Subquery(counted), 0))
    publish(NoticesLeft(member_ids=tuple(members)))
