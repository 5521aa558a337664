"""With fifty thousand posts no page that people open all day goes through all posts, their log or their index.

Collected where the tests have a PostgreSQL (conftest.py): what SQLite would do says nothing about it.
"""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from community.threads.models import Thread
from tests.plans.corpus import LONGEST, fill

pytestmark = pytest.mark.django_db

THREADS = 10_000
POSTS_EACH = 5
# Smaller tables are read from end to end because that is the shortest way.
LARGE = 9_000


def large_tables() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relkind = 'r' AND reltuples > %s", [LARGE])
        return {name for (name,) in cursor.fetchall()}


def scanned(plan: dict[str, Any], large: set[str]) -> Iterator[str]:
    if plan["Node Type"] == "Seq Scan" and plan["Relation Name"] in large:
        yield plan["Relation Name"]
    for part in plan.get("Plans", ()):
        yield from scanned(part, large)


def plan_of(query: str) -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {query}")
        told = cursor.fetchone()[0]
    return (json.loads(told) if isinstance(told, str) else told)[0]["Plan"]


def test_no_page_of_every_day_goes_through_all_posts(visiting_as, agent, moderator):
    long = fill(THREADS, posts_each=POSTS_EACH)
    newest = Thread.objects.newest_first().exclude(pk=long.pk).first()
    # Lists and desk count what stands under each of their headings, which is one look at all of it.
    large = large_tables() - {"threads_thread", "desk_handling"}
    assert {"threads_post", "threads_logentry", "wagtailsearch_indexentry"} <= large
    pages = [
        *(
            (who, path)
            for who in (None, long.author)
            for path in (
                newest.get_absolute_url(),
                long.get_absolute_url(LONGEST // 20),
                f"/threads/{long.pk}/since/{LONGEST - 50}/",
                "/threads/",
                "/threads/?state=answered",
                f"/spaces/{long.space.slug}/",
                f"/people/{newest.author.handle}/",
                "/search/?q=word777",
                "/search/?q=stands+word777",
            )
        ),
        (agent, "/desk/"),
        (moderator, "/moderation/"),
    ]

    found = []
    for who, path in pages:
        with CaptureQueriesContext(connection) as asked:
            assert visiting_as(who).get(path).status_code == 200
        queries = [query["sql"] for query in asked if query["sql"].startswith(("SELECT", "WITH"))]
        found += [(path, table, query) for query in queries for table in scanned(plan_of(query), large)]

    assert found == []
