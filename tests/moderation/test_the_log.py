"""Whoever decides looks up what was decided, by what, whom, where and when, and takes exactly that along."""

import csv
from datetime import UTC, datetime, timedelta

import pytest

from community import clock
from community.moderation.actions import hide_post, lock_thread, sanction_member
from community.moderation.models import Decision
from community.people.models import Role
from tests import make

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


@pytest.fixture
def other():
    return make.member("sorrel", role=Role.MODERATOR)


@pytest.fixture(autouse=True)
def three_decisions(moderator, other, peer):
    """One on Monday at noon, one on Tuesday in the last second, one on Wednesday in the first."""
    clock.set_to(NOON)
    garden, cellar = make.space("Garden", slug="garden"), make.space("Cellar", slug="cellar")
    thread = make.thread(space=garden, title="=1+1 of my keys")
    lock_thread(by=moderator, thread=thread, because="-2 is no answer")
    clock.set_to(datetime(2026, 5, 5, 23, 59, 59, tzinfo=UTC))
    hide_post(by=other, post=make.reply(make.thread(space=cellar), by=peer), because="Beside the point.")
    clock.set_to(datetime(2026, 5, 6, tzinfo=UTC))
    sanction_member(by=moderator, member=peer, kind="silence", because="Insults.", until=NOON + timedelta(days=9))


def table(client, query: str = "") -> list[dict[str, str]]:
    answer = client.get(f"/moderation/log.csv{query}")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(answer.getvalue().decode().splitlines()))


@pytest.mark.parametrize(
    ("query", "verbs"),
    [
        ("", ["silenced", "hid_post", "locked"]),
        ("?verb=locked", ["locked"]),
        ("?by=@Sorrel", ["hid_post"]),
        ("?about=tallow", ["silenced", "hid_post"]),
        ("?space=garden", ["locked"]),
        ("?since=2026-05-05", ["silenced", "hid_post"]),
        ("?until=2026-05-05", ["hid_post", "locked"]),
        ("?about=tallow&until=2026-05-05&verb=hid_post", ["hid_post"]),
        # What cannot be said fits nothing, instead of everything.
        ("?by=nobody-here", []),
        ("?since=2026-13-40", []),
        ("?until=0001-01-01", []),
        ("?space=attic", []),
    ],
)
def test_what_is_looked_for_is_found_and_taken_along(client, moderator, query, verbs):
    client.force_login(moderator)

    page = client.get(f"/moderation/log/{query}")

    assert [decision.verb for decision in page.context["page"]] == verbs
    assert [row["decided"] for row in table(client, query)] == verbs
    asked = (query or "?").replace("&", "&amp;").replace("@", "%40")
    assert (f'href="/moderation/log.csv{asked}"' in page.content.decode()) is bool(verbs)


def test_days_are_those_of_whoever_looks(client, moderator):
    moderator.time_zone = "Europe/Vienna"
    moderator.save()
    client.force_login(moderator)

    assert [row["decided"] for row in table(client, "?since=2026-05-06")] == ["silenced", "hid_post"]


def test_a_row_says_all_and_no_table_works_anything_out(client, moderator):
    client.force_login(moderator)

    thread = Decision.objects.get(verb="locked").thread
    assert table(client, "?verb=locked") == [
        {
            "at": "2026-05-04T12:00:00Z",
            "by": "osier",
            "decided": "locked",
            "about": "",
            "thread": str(thread.pk),
            "title": "'=1+1 of my keys",
            "space": "garden",
            "post": "",
            "because": "'-2 is no answer",
            "before": "",
            "after": "",
        }
    ]
    assert table(client, "?verb=silenced")[0]["after"] == "2026-05-13 12:00 UTC"


def test_a_long_log_keeps_what_was_asked_from_page_to_page(client, moderator, django_assert_max_num_queries):
    thread = Decision.objects.get(verb="locked").thread
    Decision.objects.bulk_create(
        [Decision(verb="pinned", actor=moderator, thread=thread, at=NOON) for _each in range(600)]
    )
    client.force_login(moderator)

    with django_assert_max_num_queries(10):
        page = client.get("/moderation/log/?verb=pinned&page=2").content.decode()

    assert "?verb=pinned&amp;page=3" in page
    assert "<b>600</b> decisions" in page
    with django_assert_max_num_queries(5):
        assert len(table(client, "?verb=pinned&page=2")) == 600


def test_what_an_organisation_asks_stays_with_support_and_the_log_with_those_who_decide(
    client, moderator, agent, customer
):
    company = make.organisation()
    asked = make.thread(by=make.seat(company).member, organisation=company)
    Decision.objects.create(verb="pinned", actor=agent, thread=asked, at=NOON)
    client.force_login(moderator)

    assert table(client, "?verb=pinned") == []
    client.force_login(customer)
    assert client.get("/moderation/log.csv").status_code == 403
    client.logout()
    assert client.get("/moderation/log.csv").status_code == 302
