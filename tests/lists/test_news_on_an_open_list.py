"""An open list asks how much of itself has changed since it was made."""

from datetime import timedelta

import pytest

from community import clock
from community.threads.models import Audience
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def news():
    """Opens a list, lets something happen, and asks from the open page how much is new."""

    def asked(browser, address, happens):
        clock.set_to(clock.now())
        url = browser.get(address).context["count_url"]
        clock.advance(timedelta(seconds=5))
        happens()
        return browser.get(url).json()["count"]

    return asked


def test_new_threads_and_new_words_are_counted_once_each(client, news):
    thread, quiet = make.thread(), make.thread()

    def happens():
        make.thread()
        make.reply(thread)
        make.reply(thread)

    assert news(client, "/threads/", happens) == 2
    assert quiet.reply_count == 0


def test_nothing_new_is_nothing(client, news):
    make.thread()

    assert news(client, "/threads/", lambda: None) == 0


@pytest.mark.parametrize("address", ["/spaces/mail/", "/threads/?space=mail", "/tags/keys/", "/threads/?tag=keys"])
def test_the_page_of_a_space_or_tag_counts_its_own_news(address, client, news):
    mail, keys = make.space(slug="mail"), make.tag("keys")

    def happens():
        make.thread(space=mail, tags=[keys])
        make.thread()

    assert news(client, address, happens) == 1


def test_a_list_counts_only_what_belongs_into_it(client, news):
    asked = make.thread()

    def happens():
        make.thread()
        make.reply(asked, kind="solution")

    assert news(client, "/threads/?show=unanswered", happens) == 1
    assert news(client, "/threads/?show=answered", lambda: None) == 0


def test_what_a_reader_may_not_read_is_no_news(client, agent, visiting_as, news):
    def happens():
        make.thread(by=agent, audience=Audience.TEAM)
        make.thread(by=agent, space=make.space(team_only=True))

    assert news(client, "/threads/", happens) == 0
    assert news(visiting_as(agent), "/threads/", happens) == 2


@pytest.mark.parametrize("query", ["", "since=", "since=yesterday", "since=2026-01-01", "since=%00", "since=9999"])
def test_without_a_moment_there_is_nothing_to_count(query, client):
    make.thread()

    assert client.get(f"/threads/new/?{query}").json() == {"count": 0}


def test_a_list_that_is_none_counts_nothing_and_a_space_that_is_none_is_not_found(client):
    since = "since=2026-01-01T00:00:00Z"

    assert client.get(f"/threads/new/?{since}&show=mine").json() == {"count": 0}
    assert client.get(f"/threads/new/?{since}&space=nowhere").status_code == 404
