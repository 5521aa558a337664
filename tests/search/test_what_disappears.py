"""Who loses the right to read loses the find at once, even before the index is brought up to date."""

import pytest

from community.moderation.actions import hide_post, hide_thread, move_thread, unhide_post, unhide_thread
from community.threads.actions import delete_post, restore_post
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def thread(indexed):
    made = make.thread(title="Keys", body="Nothing is signed.")
    make.reply(made, body="Release the slot.")
    indexed()
    return made


@pytest.fixture(params=["at once", "after the index has followed"])
def late(request, indexed):
    """Before and after the queued work is done the answer is the same."""
    return indexed if request.param != "at once" else lambda: None


def found(browser, q: str) -> int:
    return browser.get("/search/", {"q": q}).context["page"].paginator.count


@pytest.mark.parametrize(
    ("remove", "bring_back"),
    [(hide_post, unhide_post), (delete_post, lambda by, post, because: restore_post(by=by, post=post))],
)
def test_a_removed_reply_vanishes_and_comes_back(
    remove, bring_back, late, thread, moderator, client, indexed, visiting_as
):
    reply = thread.posts.get(number=2)

    remove(by=moderator, post=reply, because="Advertising.")
    late()

    assert found(client, "slot") == 0
    assert found(visiting_as(moderator), "slot") == 0
    assert found(client, "signed") == 1

    bring_back(by=moderator, post=reply, because="A mistake.")
    indexed()

    assert found(client, "slot") == 1


def test_a_hidden_thread_vanishes_with_all_its_posts_and_comes_back(late, thread, moderator, client, indexed):
    hide_thread(by=moderator, thread=thread, because="Advertising.")
    late()

    assert (found(client, "slot"), found(client, "signed")) == (0, 0)

    unhide_thread(by=moderator, thread=thread, because="A mistake.")
    indexed()

    assert (found(client, "slot"), found(client, "signed")) == (1, 1)


def test_a_deleted_thread_vanishes_with_all_its_posts(late, thread, moderator, client, visiting_as):
    delete_post(by=moderator, post=thread.posts.get(number=1), because="Advertising.")
    late()

    for browser in (client, visiting_as(moderator)):
        assert (found(browser, "slot"), found(browser, "signed")) == (0, 0)


def test_a_moved_thread_is_found_by_the_readers_of_its_new_space(late, thread, moderator, client, visiting_as):
    move_thread(by=moderator, thread=thread, space=make.space(team_only=True))
    late()

    assert found(client, "slot") == 0
    assert found(visiting_as(moderator), "slot") == 1


def test_what_the_index_lost_is_found_again_after_it_caught_up(thread, client):
    from community.search import catching_up, entries

    entries.entries().delete()
    assert found(client, "slot") == 0

    assert sum(catching_up.catch_up()) == 2

    assert found(client, "slot") == 1
