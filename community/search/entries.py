"""The index of posts: modelsearch's tables, on SQLite (FTS5) and PostgreSQL (tsvector) alike.

modelsearch writes the entries. Finding is asked of its tables directly: its own query repeats the text search for every
row, which took seconds for a common word in 12,000 posts; asked first, the index answers in milliseconds, and the rows
that may be read are picked from its best.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from modelsearch.backends import get_search_backend
from modelsearch.conf import get_app_config

from community import kept
from community.prose.stems import stems_of
from community.threads.models import Post

# Nobody turns to the fiftieth page of a search; what lies behind the best thousand is found with one more word.
MOST = 1000
# Where more posts than this have the words, so many of them are weighed against each other: on SQLite those written
# last. To weigh a million takes a second and says no more.
MOST_WEIGHED = 10_000
# How much more a word says in the title of a question than in a text.
TITLE_WEIGHT = 4.0

# Too many words begin with one or two letters.
SHORTEST_BEGINNING = 3

# The columns of the FTS5 table stand in the order autocomplete, body, title; bm25 is smaller the better.
ON_SQLITE = """
    SELECT entry.object_id FROM (
        SELECT rowid, bm25(wagtailsearch_indexentry_fts, 0.0, 1.0, %(title_weight)s) AS weight
        FROM wagtailsearch_indexentry_fts
        WHERE wagtailsearch_indexentry_fts MATCH '{title body} : (' || %(asked)s || ')'
        ORDER BY rowid DESC LIMIT %(weighed)s
    ) AS found
    JOIN wagtailsearch_indexentry AS entry ON entry.id = found.rowid
    WHERE entry.content_type_id = %(kind)s ORDER BY found.weight, entry.id DESC LIMIT %(most)s
"""
# The words are said each time, as a planner that does not see them takes every word for a common one.
ON_POSTGRESQL = """
    SELECT object_id FROM (
        SELECT id, object_id, title, body FROM wagtailsearch_indexentry
        WHERE content_type_id = %(kind)s AND (title || body) @@ to_tsquery('simple', %(asked)s) LIMIT %(weighed)s
    ) AS found
    ORDER BY
        ts_rank(body, to_tsquery('simple', %(asked)s))
        + ts_rank(title, to_tsquery('simple', %(asked)s)) * %(title_weight)s DESC, id DESC
    LIMIT %(most)s
"""


MERGE = "INSERT INTO wagtailsearch_indexentry_fts (wagtailsearch_indexentry_fts, rank) VALUES ('merge', %s)"
# So many take less than a tenth of a second, and 20,000 posts half a second in all.
PAGES_AT_ONCE = 500


class Way(NamedTuple):
    """How a database is asked. Words are quoted, so that an index reads words and never its own operators."""

    query: str
    word: str
    beginning: str
    either: str
    every: str

    def any_form(self, word: str) -> str:
        """The word, longer ones unless it is very short, and its inflected forms in every language."""
        own = self.beginning if len(word) >= SHORTEST_BEGINNING else self.word
        return f"({self.either.join([own.format(word), *map(self.word.format, stems_of(word))])})"


WAYS = {
    "sqlite": Way(ON_SQLITE, '"{}"', '"{}"*', " OR ", " AND "),
    "postgresql": Way(ON_POSTGRESQL, "'{}'", "'{}':*", " | ", " & "),
}


def write(posts: Iterable[Post]) -> None:
    """Enter posts with their threads loaded, or bring their entries up to date."""
    index = get_search_backend().get_index_for_model(Post)
    # modelsearch reads every title again to weigh the short ones; we rank by the index's own measure.
    index._refresh_title_norms = lambda full=False: None
    index.add_items(Post, list(posts))
    kept.outdate_on_commit(kept.FOUND)


def strike(posts: Iterable[Post]) -> None:
    """Take posts out of the index."""
    entries().filter(object_id__in=[str(post.pk) for post in posts]).delete()
    kept.outdate_on_commit(kept.FOUND)


@transaction.atomic
def bring_in_step(post_id: int) -> None:
    """Enter a post as it is now, or take it out; twice does no harm.

    The row is locked, so that who has read it before it was changed does not write its old words last.
    """
    post = Post.objects.select_for_update(of=("self",)).select_related("thread").filter(pk=post_id).first()
    if post is None:
        return
    if post.is_removed:
        strike([post])
    else:
        write([post])


def bring_all_in_step(post_ids: Iterable[int]) -> None:
    """The same for many, with one entry into the index."""
    with transaction.atomic():
        rows = Post.objects.select_for_update(of=("self",), skip_locked=True).select_related("thread")
        posts = list(rows.filter(pk__in=post_ids).order_by("pk"))
        if removed := [post for post in posts if post.is_removed]:
            strike(removed)
        if standing := [post for post in posts if not post.is_removed]:
            write(standing)
    # Whoever holds one of them may be waiting for another: these are waited for one by one, with none in hand.
    for post_id in set(post_ids) - {post.pk for post in posts}:
        bring_in_step(post_id)


def merge_segments() -> None:
    """Leave words that are in no entry any more nowhere on the disk.

    FTS5 takes a word out by writing beside it that it is gone; both stay until their segments become one. On PostgreSQL
    there is nothing to do: what is gone lies there as a dead row, until autovacuum has been round.
    """
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        # Less than zero: all segments there are. What is written meanwhile waits no longer than for one step.
        pages = -PAGES_AT_ONCE
        while True:
            cursor.execute("SELECT total_changes()")
            (before,) = cursor.fetchone()
            cursor.execute(MERGE, [pages])
            cursor.execute("SELECT total_changes()")
            # FTS5's own sign that nothing is left to do.
            if cursor.fetchone()[0] - before < 2:
                return
            pages = PAGES_AT_ONCE


def entries():
    """The entries of posts."""
    return get_app_config().get_model("IndexEntry").objects.filter(content_type=content_type())


def indexed_ids() -> Iterator[int]:
    return (int(key) for key in entries().values_list("object_id", flat=True).iterator())


def best(words: list[str], *, any_of_them: bool = False) -> list[int]:
    """Ids of the posts with all the words (or some), best first, at most MOST. Who may read them is not asked here.

    The words hold letters, digits, dots and dashes, nothing else. Each also finds its inflected forms in the languages
    of the house, and a longer one what begins with it.
    """
    if not words:
        return []
    way = WAYS[connection.vendor]
    asked = (way.either if any_of_them else way.every).join(way.any_form(word) for word in words)
    bounds = {"title_weight": TITLE_WEIGHT, "weighed": MOST_WEIGHED, "most": MOST}
    values = {"asked": asked, "kind": content_type().pk} | bounds
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Planned for these words: a plan that is kept for any words finds common ones in twice the time.
            cursor.execute(connection.ops.compose_sql(way.query, values))
        else:
            cursor.execute(way.query, values)
        return [int(key) for (key,) in cursor.fetchall()]


def content_type() -> ContentType:
    return ContentType.objects.get_for_model(Post)
