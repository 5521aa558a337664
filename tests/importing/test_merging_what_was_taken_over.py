"""Threads of another place are merged and taken apart again: counters, addresses, followers and search are as before.

With FILE and MERGES it is done with the threads of that file and so many of them, for example 200.
"""

import os
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.test import Client

from community.moderation.actions import merge_thread, unmerge_thread
from community.people.models import Role
from community.search import entries
from community.search.queries import Asked, found
from community.spaces.models import Space
from community.threads.lists import FOR_ALL, Counted, counts_of_lists
from community.threads.models import Follow, Thread
from forum.consistency import faults
from tests import make
from tests.importing.foreign import post, thread

MERGES = int(os.environ.get("MERGES", "20"))
WORDS = ("error", "update", "problem", "does", "cannot")


@pytest.fixture
def taken_over(importing, file_of):
    given = os.environ.get("FILE")
    made = [
        thread(
            number, post(1, author=f"asker-{number % 7}"), post(2, author="ada"), title=f"{WORDS[number % 5]} {number}"
        )
        for number in range(1, 2 * MERGES)
    ]
    Space.objects.get_or_create(slug="imported", defaults={"name": "Imported"})
    importing(Path(given) if given else file_of(*made))


def as_it_is() -> dict:
    rows = list(Thread.objects.order_by("pk").values())
    for row in rows:
        row.pop("seq")
    return {
        "rows": rows,
        "counts": Counted(list(counts_of_lists(AnonymousUser(), None)), FOR_ALL).totals(),
        "open": Thread.objects.shown_in_lists().open_by_space(),
        "follows": set(Follow.objects.values_list("thread", "member", "at")),
        "indexed": set(entries.indexed_ids()),
        "found": {word: found(Asked(word), AnonymousUser()) for word in WORDS},
        "sitemap": Client().get("/sitemap-threads.xml").text,
    }


def test_merged_and_taken_apart_all_is_as_before(taken_over):
    moderator, client = make.member(role=Role.MODERATOR), Client()
    threads = list(Thread.objects.order_by("pk"))
    doubles, targets = threads[:MERGES], threads[MERGES : MERGES + max(1, MERGES // 4)]
    before = as_it_is()

    for place, double in enumerate(doubles):
        merge_thread(by=moderator, thread=double, into=targets[place % len(targets)])
    assert [client.get(double.address).status_code for double in doubles] == [301] * MERGES
    assert not set(found_threads()) & {double.pk for double in doubles}
    assert [fault for fault in faults() if "index" not in fault] == []
    for double in reversed(doubles):
        unmerge_thread(by=moderator, thread=double, because="Not the same.")

    assert as_it_is() == before
    assert [client.get(double.address).status_code for double in doubles] == [200] * MERGES
    call_command("check_consistency")


def found_threads() -> list[int]:
    ids = [pk for word in WORDS for pk in found(Asked(word), AnonymousUser())]
    return list(Thread.objects.filter(posts__in=ids).values_list("pk", flat=True))
