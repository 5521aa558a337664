"""A long thread has ends, days and people, and each is one press away."""

from datetime import UTC, datetime

import pytest

from community import clock
from community.moderation.actions import hide_post
from tests import make

pytestmark = pytest.mark.django_db


def at(day: int, hour: int = 12) -> None:
    clock.set_to(datetime(2026, 11, day, hour, tzinfo=UTC))


@pytest.fixture
def week(customer):
    """One reply a day from the 2nd to the 4th, and again on the 7th."""
    at(1)
    thread = make.thread(by=customer)
    posts = {1: thread.posts.get(number=1)}
    for day in (2, 3, 4, 7):
        at(day)
        posts[day] = make.reply(thread)
    return thread, posts


@pytest.mark.parametrize(
    ("day", "lands_on"), [("2026-11-03", 3), ("2026-11-05", 7), ("2026-10-01", 1), ("2036-01-01", 7)]
)
def test_a_day_leads_to_its_first_post_or_the_next_one_or_the_last(week, client, day, lands_on):
    thread, posts = week

    led = client.get(f"/threads/{thread.pk}/on/", {"day": day})

    assert (led.status_code, led["Location"]) == (302, posts[lands_on].get_absolute_url())


def test_a_day_begins_where_the_reader_is(week, visiting_as):
    thread, posts = week
    # 23:30 on the 2nd in London is the 3rd in Auckland, where the 3rd begins at 11:00 of the 2nd.
    reader = make.member(time_zone="Pacific/Auckland")

    led = visiting_as(reader).get(f"/threads/{thread.pk}/on/", {"day": "2026-11-03"})

    assert led["Location"] == posts[2].get_absolute_url()


@pytest.mark.parametrize("day", ["", "yesterday", "2026-02-30", "99999-01-01", "2026-11-03\x00"])
def test_what_is_no_day_is_said_with_an_example(week, client, day):
    page = client.get(f"/threads/{week[0].pk}/on/", {"day": day})

    assert page.status_code == 422
    assert "Name a day, for example" in page.content.decode()


def people_on(page) -> list[str]:
    return [member.handle for member in page.context["people"]]


def test_the_asker_stands_first_and_then_whoever_said_most(customer, agent, peer, client):
    thread = make.thread(by=customer)
    make.reply(thread, by=agent)
    for _ in range(2):
        make.reply(thread, by=peer)

    assert people_on(client.get(thread.get_absolute_url())) == [customer.handle, peer.handle, agent.handle]


def test_whoever_said_nothing_that_stands_is_not_among_them(customer, peer, moderator, client):
    thread = make.thread(by=customer)
    hide_post(by=moderator, post=make.reply(thread, by=peer), because="Spam.")
    make.reply(thread, by=moderator, kind="note")

    assert people_on(client.get(thread.get_absolute_url())) == [customer.handle]


def test_only_long_threads_show_the_way_to_their_ends(customer, client):
    short = make.thread(by=customer)
    assert "In this thread" not in client.get(short.get_absolute_url()).content.decode()

    for _ in range(20):
        make.reply(short)

    page = client.get(short.get_absolute_url()).content.decode()
    assert f'href="{short.get_absolute_url()}?page=2">Last page' in page
