"""A forum of any size: PostgreSQL makes the rows by itself, each like one that came through the doorway."""

from django.contrib.contenttypes.models import ContentType
from django.db import connection, models
from modelsearch.conf import get_app_config

from community.desk.models import Handling
from community.inbox.models import Notice, NoticeKind
from community.people.models import Member
from community.search.entries import write
from community.threads.models import LogEntry, Post, Thread
from tests import make

MEMBERS = 500
LONGEST = 2000


def like(row: models.Model, count: int, **other: str) -> None:
    """`count` more rows like this one; `other` are columns by an expression over `n`, which counts from 1."""
    table, key = row._meta.db_table, row._meta.pk.column
    names = [field.column for field in row._meta.local_concrete_fields if field.column in other or field.column != "id"]
    values = [other.get(name, f'old."{name}"') for name in names]
    columns = ", ".join(f'"{name}"' for name in names)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({columns}) SELECT {', '.join(values)} FROM {table} AS old, "
            f'generate_series(1, {count}) AS n WHERE old."{key}" = {row.pk} ORDER BY n'
        )


def fill(threads: int, *, posts_each: int = 20, longest: int = LONGEST) -> Thread:
    """So many questions of so many posts, and one of `longest`, which is returned."""
    long = make.thread()
    reply = make.reply(long)
    entry = LogEntry.objects.get(post=reply)
    Notice.objects.all().delete()
    notice = Notice.objects.create(
        member=long.author, kind=NoticeKind.values[0], path="/0/", title="Something", at=reply.created_at
    )
    write([Post.objects.select_related("thread").get(pk=reply.pk)])
    named = "'made-' || n"
    like(long.author, MEMBERS, handle=named, handle_key=named, email=f"{named} || '@example.com'")
    people = Member.objects.order_by("-pk").values_list("pk", flat=True)[0] - MEMBERS + 1
    by = f"{people} + n % {MEMBERS}"

    long_posts = longest - 2
    posts_of(reply, entry, long_posts, thread_id=str(long.pk), author_id=by, number="n + 2", first_at="now()")
    Thread.objects.filter(pk=long.pk).update(post_count=longest, reply_count=longest - 1, seq=longest)
    back = "now() - n * interval '1 minute'"
    counts = {"post_count": str(posts_each), "reply_count": str(posts_each - 1), "seq": str(posts_each)}
    times = dict.fromkeys(("created_at", "last_post_at", "state_since"), back)
    like(long, threads, title="'Question number ' || n", author_id=by, last_poster_id=by, **times, **counts)
    first = Thread.objects.order_by("-pk").values_list("pk", flat=True)[0] - threads + 1
    in_thread = f"{first} + (n - 1) / {posts_each}"
    number = f"(n - 1) % {posts_each} + 1"
    posts_of(
        reply,
        entry,
        threads * posts_each,
        thread_id=in_thread,
        author_id=by,
        number=number,
        first_at=f"now() - {threads} * interval '1 minute'",
    )
    if handling := Handling.objects.filter(thread=long).first():
        like(handling, threads, thread_id=f"{first} + n - 1", since=back, entered_at=back)
    like(notice, threads, path="'/' || n || '/'", at=back)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return long


def posts_of(
    reply: Post, entry: LogEntry, count: int, *, thread_id: str, author_id: str, number: str, first_at: str
) -> None:
    """Posts with the row of the log and the entry of the index that each of them has."""
    at = f"{first_at} + n * interval '1 second'"
    like(
        reply,
        count,
        thread_id=thread_id,
        author_id=author_id,
        number=number,
        position=number,
        created_at=at,
        body="'Word' || n % 1000 || ' stands in reply ' || n",
        client_token="''",
    )
    first = Post.objects.order_by("-pk").values_list("pk", flat=True)[0] - count + 1
    like(entry, count, thread_id=thread_id, actor_id=author_id, post_id=f"{first} + n - 1", seq=number, at=at)
    kind = ContentType.objects.get_for_model(Post)
    index = get_app_config().get_model("IndexEntry").objects.get(content_type=kind, object_id=str(reply.pk))
    like(
        index,
        count,
        object_id=f"({first} + n - 1)::text",
        body="to_tsvector('simple', 'word' || n % 1000 || ' stands in reply ' || n)",
    )
