"""Pages ask as often with many posts as with few. By `make faults` these are fifty thousand, and time is held too."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from community.threads.models import Thread
from tests.concurrency.sizes import LONG, crowded
from tests.plans.corpus import fill

pytestmark = pytest.mark.django_db

POSTS_EACH, POSTS_OF_THE_LONGEST = 5, 200
FEW, MANY = 100, 10_000 if LONG else 1_000
ASKED = 60 if LONG else 1
MOST_QUERIES, WITHIN = 25, 0.3


@contextmanager
def forum_of(threads: int) -> Iterator[dict[str, str]]:
    """The pages that everybody opens in a forum of so many threads, which is gone afterwards."""
    with transaction.atomic():
        long = fill(threads, posts_each=POSTS_EACH, longest=POSTS_OF_THE_LONGEST)
        newest = Thread.objects.newest_first().exclude(pk=long.pk).first()
        yield {
            "thread": newest.get_absolute_url(),
            "end of a long thread": long.get_absolute_url(POSTS_OF_THE_LONGEST // 20),
            "threads": "/threads/",
            "space": long.space.get_absolute_url(),
        }
        transaction.set_rollback(True)


def asked_and_took(threads: int) -> dict[str, tuple[int, float]]:
    """For each page how often a visitor's asks the database, and how soon nineteen of twenty are answered."""
    found, browser = {}, Client()
    with forum_of(threads) as pages:
        for name, path in pages.items():
            with CaptureQueriesContext(connection) as asked:
                assert browser.get(path).status_code == 200
            times = []
            for _ in range(ASKED):
                began = time.monotonic()
                browser.get(path)
                times.append(time.monotonic() - began)
            found[name] = len(asked), sorted(times)[int(ASKED * 0.95)]
    return found


def test_pages_ask_as_often_and_take_as_long_with_many_posts_as_with_few(tally):
    few, others = asked_and_took(FEW), crowded()
    many = asked_and_took(MANY)
    # Once more, as others on this machine come and go.
    again = asked_and_took(FEW)

    for name, (queries, p95) in many.items():
        assert few[name][0] == queries <= MOST_QUERIES
        if LONG:
            assert p95 <= max(WITHIN * max(others, crowded()), 2 * max(few[name][1], again[name][1])), name
    more = ", ".join(f"{name} {few[name][1] * 1000:.0f} to {p95 * 1000:.0f} ms" for name, (_n, p95) in many.items())
    tally("F27", more=f"{FEW * POSTS_EACH} to {MANY * POSTS_EACH:,} posts, p95: {more}")
