"""A page of thirty rows asks the database no more often than one of three."""

import pytest
from django.core.cache import cache

from cms import first_pages
from community.search import entries
from community.threads.models import Post
from community.tickets.actions import link_ticket
from tests import make

pytestmark = pytest.mark.django_db

LISTS = ["/threads/", "/threads/?order=waiting&show=waiting_us", "/spaces/mail/", "/tags/keys/"]


@pytest.fixture
def write(customer, peer, agent):
    """Writes this many threads with all that a row can show."""

    def written(many: int) -> None:
        product, mail = make.product(), make.space("Mail", slug="mail")
        make.space("Phones", slug="phones", parent=mail)
        keys = make.tag("keys")
        about = {"product": product, "version": product.versions.get(), "platform": make.platform(), "tags": [keys]}
        for _ in range(many):
            thread = make.thread(by=make.member(), space=mail, **about)
            make.reply(thread, by=peer, body="Release the slot.", kind="workaround")
            link_ticket(by=agent, thread=thread, system="console", number="R-88")
            make.thread(by=customer, space=mail, **about)
        entries.write(Post.objects.select_related("thread"))
        # As after a restart: sessions and sites come from the database.
        cache.clear()

    return written


@pytest.mark.parametrize("rows", [3, 30])
@pytest.mark.parametrize(("who", "most"), [(None, 7), ("customer", 10), ("moderator", 10)])
def test_a_list_costs_the_same_few_queries_however_many_rows(
    who, most, rows, write, visiting_as, request, django_assert_max_num_queries
):
    write(rows // 2 + 1)
    browser = visiting_as(request.getfixturevalue(who) if who else None)

    for address in LISTS:
        cache.clear()
        with django_assert_max_num_queries(most) as counted:
            page = browser.get(address)

        assert page.status_code == 200
        assert len(page.context["rows"]) >= rows // 2
        assert len(counted) == costs(address, who), address


def costs(address: str, who: str | None) -> int:
    # The space or tag that the address names is looked up; a member has a session, an account and lists of his own.
    base = 6 if address.startswith("/threads/") else 7
    return base + (3 if who else 0)


@pytest.mark.parametrize("address", ["/", "/search/?q=slot", "/spaces/", "/tags/", "/feeds/threads/"])
@pytest.mark.parametrize("who", [None, "customer", "agent"])
def test_other_pages_of_threads_cost_no_more_for_more_of_them(
    address, who, write, visiting_as, request, django_assert_max_num_queries
):
    first_pages.build()
    write(2)
    browser = visiting_as(request.getfixturevalue(who) if who else None)
    browser.get(address)
    cache.clear()

    with django_assert_max_num_queries(12) as few:
        browser.get(address)
    for thread in range(8):
        make.thread(title=f"One more {thread}", body="Release the slot.")
    entries.write(Post.objects.select_related("thread"))
    cache.clear()
    with django_assert_max_num_queries(12) as many:
        browser.get(address)

    assert len(many) == len(few)


@pytest.mark.parametrize("address", ["/desk/", "/moderation/", "/moderation/log/", "/moderation/mine/"])
def test_the_pages_of_the_team_cost_no_more_for_more_rows(
    address, write, moderator, customer, visiting_as, django_assert_max_num_queries
):
    from community.moderation.actions import flag_thing, hide_post

    write(2)
    browser = visiting_as(moderator)

    def happen(many: int) -> None:
        for _ in range(many):
            reply = make.reply(make.thread(by=customer))
            flag_thing(by=customer, thing=reply, why="spam")
            flag_thing(by=moderator, thing=reply, why="abuse")
            hide_post(by=moderator, post=make.reply(make.thread()), because="Advertising.")
        cache.clear()

    happen(1)
    with django_assert_max_num_queries(12) as few:
        browser.get(address)
    happen(5)
    with django_assert_max_num_queries(12) as many:
        browser.get(address)

    assert len(many) == len(few)
