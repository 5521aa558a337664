"""The log of each thread: 1, 2, 3 … in each lane, and a row for everything that was said."""

from collections.abc import Iterator

from django.db.models import Count, F, Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from community.threads.models import EntryKind, Lane, LogEntry, Post, Thread

HEADS = {Lane.ALL: "seq", Lane.TEAM: "team_seq"}
SAID = (EntryKind.ASKED, EntryKind.REPLIED, EntryKind.NOTED)


def lanes_without_gaps() -> Iterator[str]:
    for lane, head in HEADS.items():
        entries = LogEntry.objects.filter(thread=OuterRef("pk"), lane=lane).order_by().values("thread")
        threads = Thread.objects.annotate(
            rows=Coalesce(Subquery(entries.annotate(rows=Count("pk")).values("rows")), 0),
            highest=Coalesce(Subquery(entries.annotate(highest=Max("seq")).values("highest")), 0),
        )
        for row in threads.exclude(rows=F(head), highest=F(head)).values("pk", "rows", "highest", head):
            yield (
                f"thread {row['pk']}: {head} says {row[head]}, lane {lane} has {row['rows']} rows "
                f"up to {row['highest']}"
            )
        for entry in LogEntry.objects.filter(lane=lane, seq=0).only("pk", "thread_id"):
            yield f"thread {entry.thread_id}: lane {lane} counts from 0"


def a_row_for_every_post() -> Iterator[str]:
    said = LogEntry.objects.filter(
        post=OuterRef("pk"), thread=OuterRef("thread"), kind__in=SAID, actor=OuterRef("author")
    )
    posts = Post.objects.annotate(
        lane=Subquery(said.values("lane")[:1]),
        said_at=Subquery(said.values("at")[:1]),
        rows=Coalesce(Subquery(said.order_by().values("post").annotate(rows=Count("pk")).values("rows")), 0),
    )
    for post in posts.exclude(rows=1).only("pk", "thread_id"):
        yield f"post {post.pk} of thread {post.thread_id}: the log has {post.rows} rows for it"
    for post in posts.filter(rows=1).exclude(said_at=Coalesce("came_at", "created_at")).only("pk", "thread_id"):
        yield f"post {post.pk} of thread {post.thread_id}: the log has another time"
    in_the_open = posts.filter(Q(number=None, lane=Lane.ALL) | ~Q(number=None) & Q(lane=Lane.TEAM))
    for post in in_the_open.only("pk", "thread_id"):
        yield f"post {post.pk} of thread {post.thread_id}: its row is in the lane of other readers"


CHECKS = (lanes_without_gaps, a_row_for_every_post)
