"""What a page of a thread costs does not depend on how deep in the thread it is."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from community.threads.pages.wayfinding import LATEST, others_speaking_in
from tests.plans.corpus import fill
from tests.plans.test_hot_queries import plan_of

pytestmark = pytest.mark.django_db

POSTS = 20_000
PAGES = (2, 300, 999)


def shape(plan: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    """How each step of a plan is done, on what, by which index; without its figures."""
    yield tuple(plan.get(what, "") for what in ("Node Type", "Relation Name", "Index Name"))
    for part in plan.get("Plans", ()):
        yield from shape(part)


def test_page_999_of_a_thread_is_asked_for_like_its_second(visiting_as, agent):
    long = fill(200, posts_each=5, longest=POSTS)
    # Who speaks in it is counted of its latest posts, and not of all.
    others = others_speaking_in(long.pk, long.author_id, long.post_count - LATEST)
    assert sum(member.said for member in others) <= LATEST
    for who in (None, long.author, agent):
        browser = visiting_as(who)
        found = []
        for number in PAGES:
            with CaptureQueriesContext(connection) as asked:
                page = browser.get(long.get_absolute_url(number))
            assert page.status_code == 200
            selects = [query["sql"] for query in asked if query["sql"].startswith(("SELECT", "WITH"))]
            found.append((len(asked), [[*shape(plan_of(query))] for query in selects]))

        assert found[1:] == found[:1] * 2
