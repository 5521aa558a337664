"""Everybody reads what moderators do where everybody reads, and nothing about anybody."""

from datetime import UTC, datetime, timedelta

import pytest

from community import clock
from community.moderation.actions import (
    flag_thing,
    hide_post,
    hide_thread,
    lock_thread,
    move_thread,
    pin_thread,
    sanction_member,
    uphold_flag,
)
from community.moderation.models import Decision
from tests import make

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
EMPTY = "Nothing was decided yet."


@pytest.fixture(autouse=True)
def at_noon():
    clock.set_to(NOON)


def lines(client) -> list[tuple[str, str, str]]:
    """What, why, and in which thread."""
    told = client.get("/moderation/public/").context["told"]
    return [(one.what, one.because, one.thread.title if one.thread else "") for one in told]


def test_what_was_done_in_the_open_is_told_with_its_reason_and_without_a_name(client, moderator, peer):
    assert EMPTY in client.get("/moderation/public/").content.decode()
    thread = make.thread(title="Keys of nine devices", by=peer)
    gone = make.thread(title="Buy my shoes", by=peer)
    lock_thread(by=moderator, thread=thread, because="It is answered.")
    pin_thread(by=moderator, thread=thread)
    hide_post(by=moderator, post=make.reply(make.thread(title="Relay"), by=peer), because="Beside the point.")
    flag = flag_thing(by=make.member(), thing=gone.posts.get(), why="spam", words="He does it daily.")
    uphold_flag(by=moderator, flag=flag, because="Advertising.")
    sanction_member(by=moderator, member=peer, kind="warning", because="You were rude to Egon.")
    sanction_member(by=moderator, member=peer, kind="silence", because="Again.", until=NOON + timedelta(days=3))

    assert lines(client) == [
        ("silenced a member", "", ""),
        ("warned a member", "", ""),
        ("hid a thread", "Advertising.", ""),
        ("hid a post", "Beside the point.", "Relay"),
        ("pinned a thread", "", "Keys of nine devices"),
        ("locked a thread", "It is answered.", "Keys of nine devices"),
    ]
    page = client.get("/moderation/public/").content.decode()
    assert "7 May, 12:00" in page
    for secret in ("osier", "tallow", moderator.called, peer.called, "Egon", "Again.", "Buy my shoes", "daily", "Spam"):
        assert secret not in page
    client.force_login(moderator)
    assert lines(client)[0][0] == "silenced a member"
    assert "tallow" not in client.get("/moderation/public/").content.decode()


def test_of_what_not_everybody_reads_nothing_is_told(client, moderator, agent, peer):
    closed = make.space("Cellar", team_only=True)
    company = make.organisation()
    places = [
        {"space": closed, "by": agent},
        {"space": make.space(parent=closed), "by": agent},
        {"space": make.space("House", members=[peer]), "by": peer},
        {"audience": "team", "by": agent},
        {"audience": "named"},
        {"audience": "organisation", "organisation": company, "by": make.seat(company).member},
    ]
    for place in places:
        Decision.objects.create(verb="locked", actor=moderator, thread=make.thread(**place), because="So.", at=NOON)
    moved = make.thread()
    lock_thread(by=moderator, thread=moved, because="So.")
    move_thread(by=moderator, thread=moved, space=closed)
    note = make.reply(make.thread(), by=agent, kind="note")
    hide_post(by=moderator, post=note, because="Names a customer.")
    # A post that stands in another thread by now.
    elsewhere = make.reply(make.thread(), by=peer)
    hide_post(by=moderator, post=elsewhere, because="Names a customer.")
    type(elsewhere).objects.filter(pk=elsewhere.pk).update(thread=moved, number=9)
    for verb in ("changed_role", "deactivated", "freed_account", "approved_held", "declined_flag", "cleared_wave"):
        Decision.objects.create(verb=verb, actor=moderator, member=peer, because="So.", at=NOON)

    assert lines(client) == []
    assert EMPTY in client.get("/moderation/public/").content.decode()


def test_a_thread_that_is_hidden_takes_its_title_along(client, moderator):
    thread = make.thread(title="Where Egon lives")
    lock_thread(by=moderator, thread=thread, because="Stop it.")
    hide_thread(by=moderator, thread=thread, because="It names somebody.")

    assert lines(client) == [("hid a thread", "It names somebody.", ""), ("locked a thread", "", "")]


def test_a_page_of_them_costs_the_same_for_one_and_for_fifty(client, moderator, django_assert_max_num_queries):
    threads = [make.thread() for _each in range(3)]
    Decision.objects.bulk_create(
        [Decision(verb="pinned", actor=moderator, thread=threads[n % 3], at=NOON) for n in range(60)]
    )

    with django_assert_max_num_queries(8):
        page = client.get("/moderation/public/?page=2").content.decode()

    assert page.count('class="row plain"') == 10
