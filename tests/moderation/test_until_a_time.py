"""Whoever decides says until which minute, by the clock he looks at."""

from datetime import UTC, datetime

import pytest

from community import clock
from community.moderation.models import Sanction

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def decided_at_noon(client, moderator, peer):
    clock.set_to(datetime(2026, 5, 4, 12, tzinfo=UTC))
    moderator.time_zone = "America/New_York"
    moderator.save()
    client.force_login(moderator)


def decide(client, **typed):
    said = {"kind": "silence", "length": "own", "until": "2026-05-06T09:30", "because": "Insults."}
    return client.post("/people/tallow/sanction/", said | typed)


@pytest.mark.parametrize(
    ("zone", "ends"),
    [
        ("Europe/Vienna", datetime(2026, 5, 6, 7, 30, tzinfo=UTC)),
        # Without a browser's word, his own.
        ("", datetime(2026, 5, 6, 13, 30, tzinfo=UTC)),
        ("Moon/Tranquility", datetime(2026, 5, 6, 13, 30, tzinfo=UTC)),
    ],
)
def test_it_ends_at_the_minute_that_was_typed_by_the_clock_it_was_read_from(client, zone, ends):
    assert decide(client, zone=zone).status_code == 302

    assert Sanction.objects.get().until == ends


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "Say until when, or choose a length."),
        ("2026-05-04T14:00", "That time has passed."),
        ("0001-01-01T00:00", "That time has passed."),
        ("2036-12-31T00:00", "That is more than ten years."),
        ("9999-12-31T23:59", "That is more than ten years."),
        ("soon", "Enter a valid date/time."),
    ],
)
def test_what_cannot_be_meant_is_given_back_with_what_was_typed(client, typed, words):
    answer = decide(client, until=typed, zone="Europe/Vienna")

    assert (answer.status_code, Sanction.objects.count()) == (422, 0)
    page = answer.content.decode()
    assert words in page
    assert "Insults." in page


def test_a_length_counts_where_one_was_chosen(client):
    decide(client, length="day")

    assert Sanction.objects.get().until == datetime(2026, 5, 5, 12, tzinfo=UTC)
