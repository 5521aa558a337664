"""Numbers kept beside the rows they count."""

from collections.abc import Callable, Iterator
from typing import Any

from django.db import transaction
from django.db.models import Count, F, Max, Model, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Greatest

from community.inbox.models import Notice
from community.people import actions as people
from community.people.models import Member
from community.threads.actions.record import locked, locked_post
from community.threads.models import (
    Confirmation,
    Follow,
    MeToo,
    MovedPost,
    Post,
    Revision,
    Thread,
    Voice,
    Vote,
)
from community.threads.turns import find_last_word

# What is part of a number and was counted elsewhere.
BEFORE = {"helped_count": "helped_before"}


def rows_for(rows: QuerySet, key: str) -> Coalesce:
    """How many of the rows belong to the row of the outer query."""
    counted = rows.filter(**{key: OuterRef("pk")}).order_by().values(key).annotate(rows=Count("pk")).values("rows")
    return Coalesce(Subquery(counted), 0)


def kept_beside() -> list[tuple[type[Model], str, QuerySet, str]]:
    """Whose number, its name, the rows that it counts, and how these point there."""
    return [
        (Thread, "reply_count", Post.objects.standing().replies(), "thread"),
        (Thread, "me_too_count", MeToo.objects.all(), "thread"),
        (Thread, "follower_count", Follow.objects.all(), "thread"),
        (Thread, "merged_count", Thread.objects.all(), "merged_into"),
        (Thread, "moved_count", MovedPost.objects.all(), "thread"),
        (Post, "vote_count", Vote.objects.all(), "post"),
        (Post, "revision_count", Revision.objects.all(), "post"),
        (Member, "helped_count", of_others(), "post__author"),
        (Member, "unread_notices", Notice.objects.unread(), "member"),
    ]


def of_others() -> QuerySet[Confirmation]:
    """That it works, said by somebody else than support about somebody else's answer than one's own."""
    works = Confirmation.objects.filter(works=True).exclude(voice=Voice.SUPPORT)
    return works.exclude(post__author=F("post__thread__author"))


LOCKS: dict[type[Model], Callable[[int], Any]] = {Thread: locked, Post: locked_post, Member: people.locked}


def differing(model: type[Model], kept: str, rows: QuerySet, key: str) -> QuerySet:
    before = F(BEFORE[kept]) if kept in BEFORE else Value(0)
    differences = model._default_manager.annotate(rows=rows_for(rows, key) + before).exclude(rows=F(kept))
    return differences.values("pk", kept, "rows")


def kept_numbers() -> Iterator[str]:
    for model, kept, rows, key in kept_beside():
        for row in differing(model, kept, rows, key).iterator():
            yield f"{model._meta.verbose_name} {row['pk']}: {kept} says {row[kept]}, there are {row['rows']}"


def mend() -> Iterator[str]:
    """Set each number to what there is, counted again under the lock of its thread or member; says what it did."""
    yield from mend_last_words()
    for model, kept, rows, key in kept_beside():
        for row in list(differing(model, kept, rows, key)):
            with transaction.atomic():
                LOCKS[model](row["pk"])
                # Nothing is said any more of what was mended meanwhile.
                for now in differing(model, kept, rows, key).filter(pk=row["pk"]):
                    model._default_manager.filter(pk=row["pk"]).update(**{kept: now["rows"]})
                    yield f"{model._meta.verbose_name} {row['pk']}: {kept} said {now[kept]}, now {now['rows']}"


def post_numbers() -> Iterator[str]:
    """1, 2, 3 … up to post_count, the first one by the asker; a post stands where its number says."""
    moved = MovedPost.objects.filter(thread=OuterRef("pk")).order_by().values("thread")
    counted = Thread.objects.annotate(
        standing=Count("posts", filter=~Q(posts__number=None)),
        moved=Coalesce(Subquery(moved.annotate(n=Count("pk")).values("n")), 0),
        highest=Greatest(
            Coalesce(Max("posts__number"), 0),
            Coalesce(Subquery(moved.annotate(highest=Max("number")).values("highest")), 0),
        ),
    ).annotate(numbered=F("standing") + F("moved"))
    for row in counted.exclude(numbered=F("post_count"), highest=F("post_count")).values(
        "pk", "post_count", "numbered", "highest"
    ):
        yield (
            f"thread {row['pk']}: post_count says {row['post_count']}, there are {row['numbered']} "
            f"and the highest number is {row['highest']}"
        )
    first = Post.objects.filter(number=1, thread=OuterRef("pk")).values("author")[:1]
    others = Thread.objects.annotate(opener=Subquery(first)).exclude(opener=F("author"))
    # A private side talk is the asker's thread, and support speaks first in it.
    for thread in others.exclude(aside__opened_by=F("opener")).only("pk"):
        yield f"thread {thread.pk}: its first post is missing or not by the asker"
    for thread in Thread.objects.annotate(opener=Subquery(first)).filter(opener=None).only("pk"):
        yield f"thread {thread.pk}: there is no first post"
    astray = Post.objects.filter(~Q(number=None), ~Q(number=F("position"))) | Post.objects.filter(
        number=None, position__gt=F("thread__post_count")
    )
    for post in astray.only("pk", "position", "number"):
        yield f"post {post.pk}: number {post.number} stands at position {post.position}"


def last_words() -> Iterator[str]:
    for thread in with_another_last_word().only("pk"):
        yield f"thread {thread.pk}: the last post was at another time or by somebody else than it says"


def with_another_last_word() -> QuerySet[Thread]:
    said = Post.objects.exclude(number=None).filter(thread=OuterRef("pk"))
    last, first = said.standing().order_by("-created_at", "-number"), said.order_by("number")
    threads = Thread.objects.annotate(
        said_at=Coalesce(Subquery(last.values("created_at")[:1]), Subquery(first.values("created_at")[:1])),
        said_by=Coalesce(Subquery(last.values("author")[:1]), Subquery(first.values("author")[:1])),
    )
    return threads.exclude(said_at=F("last_post_at"), said_by=F("last_poster"))


def mend_last_words() -> Iterator[str]:
    for pk in list(with_another_last_word().values_list("pk", flat=True)):
        with transaction.atomic():
            thread = locked(pk)
            find_last_word(thread)
            thread.save(update_fields=["last_post_at", "last_poster"])
        yield f"thread {pk}: the last post was looked for again"


CHECKS = (kept_numbers, post_numbers, last_words)
