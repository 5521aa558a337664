"""Times as people say them, the same for every reader."""

from datetime import UTC, datetime, timedelta

import pytest

from community import clock
from forum.templatetags.house import duration, short, since, when

NOON = datetime(2026, 2, 10, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("span", "said"),
    [
        (timedelta(seconds=20), "under 1 min"),
        (timedelta(), "0 min"),
        (timedelta(minutes=41), "41 min"),
        (timedelta(hours=3, minutes=2), "3 h 02 min"),
        (timedelta(days=2, hours=4), "2 d 4 h"),
        (timedelta(days=40), "40 d"),
        (timedelta(days=430), "14 mo"),
        (timedelta(days=1200), "3 y"),
        (timedelta(seconds=-5), "0 min"),
        (2460, "41 min"),
        (None, ""),
    ],
)
def test_a_duration_has_two_parts_at_most(span, said):
    assert duration(span) == said


def test_a_wait_is_counted_from_the_house_clock():
    clock.set_to(NOON)

    assert since(NOON - timedelta(hours=1, minutes=5)) == "1 h 05 min"


@pytest.mark.parametrize(
    ("ago", "said"),
    [
        (timedelta(hours=2), "10:00"),
        (timedelta(days=2), "Sun"),
        (timedelta(days=20), "21 Jan"),
        (timedelta(days=400), "Jan 2025"),
    ],
)
def test_the_short_form_says_no_more_than_is_needed(ago, said):
    clock.set_to(NOON)

    assert short(NOON - ago) == said


def test_a_time_carries_its_instant_for_the_browser_and_the_exact_words_behind():
    clock.set_to(NOON)

    assert when(NOON - timedelta(minutes=41), "ago") == (
        '<time datetime="2026-02-10T11:19:00Z" data-when="ago" title="10 Feb 2026, 11:19 UTC">41 min</time>'
    )


def test_no_time_is_no_element():
    assert when(None) == ""
