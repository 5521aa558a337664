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
from tests.bench.open_cases import write
from tests.plans.corpus import LONGEST, fill

pytestmark = pytest.mark.django_db

THREADS = 10_000
POSTS_EACH = 5
# All but each sixth are flags.
CASES = 12_000
# Smaller tables are read from end to end because that is the shortest way.
LARGE = 9_000


def large_tables() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relkind = 'r' AND reltuples > %s", [LARGE])
        return {name for (name,) in cursor.fetchall()}


def analyse(*tables: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {', '.join(tables)}")


def scanned(plan: dict[str, Any], large: set[str]) -> Iterator[str]:
    if plan["Node Type"] == "Seq Scan" and plan["Relation Name"] in large:
        yield plan["Relation Name"]
    for part in plan.get("Plans", ()):
        yield from scanned(part, large)


def indexes(plan: dict[str, Any]) -> Iterator[str]:
    if "Index Name" in plan:
        yield plan["Index Name"]
    for part in plan.get("Plans", ()):
        yield from indexes(part)


def plan_of(query: str) -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {query}")
        told = cursor.fetchone()[0]
    return (json.loads(told) if isinstance(told, str) else told)[0]["Plan"]


def test_no_page_of_every_day_goes_through_all_posts(visiting_as, agent, moderator):
    long = fill(THREADS, posts_each=POSTS_EACH)
    write(CASES)
    analyse("moderation_case", "moderation_flag", "moderation_held")
    newest = Thread.objects.newest_first().exclude(pk=long.pk).first()
    # Lists and desk count what stands under each of their headings, which is one look at all of it.
    large = large_tables() - {"threads_thread", "desk_handling", "moderation_case"}
    assert {"threads_post", "threads_logentry", "wagtailsearch_indexentry", "moderation_flag"} <= large
    pages = [
        *(
            (who, path)
            for who in (None, long.author)
            for path in (
                newest.get_absolute_url(),
                long.get_absolute_url(LONGEST // 20),
                f"/threads/{long.pk}/since/{LONGEST - 50}/",
                "/threads/",
                "/threads/?show=waiting_us",
                "/threads/?order=waiting",
                f"/spaces/{long.space.slug}/",
                f"/people/{newest.author.handle}/",
                "/search/?q=word777",
                "/search/?q=stands+word777",
            )
        ),
        (agent, "/desk/"),
        (moderator, "/moderation/"),
        (moderator, "/moderation/?page=300"),
    ]

    found, used = [], {}
    for who, path in pages:
        with CaptureQueriesContext(connection) as asked:
            assert visiting_as(who).get(path).status_code == 200
        queries = [sql for query in asked if (sql := query["sql"].strip()).startswith(("SELECT", "WITH"))]
        plans = {query: plan_of(query) for query in queries}
        found += [(path, table, query) for query, plan in plans.items() for table in scanned(plan, large)]
        used[path] = {name for plan in plans.values() for name in indexes(plan)}

    assert found == []
    # A page of thirty rows begins where the order begins, however many there are.
    assert "threads_pinned_first" in used["/threads/"] & used["/threads/?show=waiting_us"]
    assert "threads_by_turn" in used["/threads/?order=waiting"]
    assert "posts_by_their_words" in used["/search/?q=word777"] & used["/search/?q=stands+word777"]
