import pytest

from community.moderation.actions import hide_post
from community.threads.actions import delete_post, follow
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def unread(customer, visiting_as, titles_on):
    """The customer's browser, and what it says is unread: by the list, by its tab, and by the marks on all threads."""
    browser = visiting_as(customer)

    def titles() -> list[str]:
        found = titles_on(browser, "/threads/?show=unread")
        latest = browser.get("/threads/").context
        tab = next(tab for tab in latest["tabs"] if tab.key == "unread")
        assert tab.count == len(found)
        assert {row.title for row in latest["rows"] if row.unread} == set(found)
        return found

    browser.unread = titles
    return browser


def test_a_thread_one_has_never_met_is_not_unread(unread):
    make.reply(make.thread())

    assert unread.unread() == []


def test_what_one_follows_is_unread_until_it_is_opened(unread, customer):
    thread = make.thread(title="Keys")
    follow(by=customer, thread=thread)
    assert unread.unread() == ["Keys"]

    unread.get(f"/threads/{thread.pk}/seen/1/")

    assert unread.unread() == []


def test_what_one_said_oneself_is_not_news(unread, customer):
    thread = make.thread(by=customer, title="Keys")

    make.reply(thread, by=customer)

    assert unread.unread() == []


def test_what_others_said_meanwhile_stays_news_when_one_replies_without_having_seen_it(unread, customer, peer):
    thread = make.thread(by=customer, title="Keys")
    make.reply(thread, by=peer)

    make.reply(thread, by=customer)

    assert unread.unread() == ["Keys"]


def test_the_list_agrees_with_the_page_after_reading(unread, customer, peer):
    thread = make.thread(by=customer, title="Keys")
    for _ in range(3):
        make.reply(thread, by=peer)

    first = unread.get(f"/threads/{thread.pk}/unread/")
    assert first.url.endswith(f"#{thread.posts.get(number=2).anchor}")
    unread.get(f"/threads/{thread.pk}/seen/3/")
    assert unread.unread() == ["Keys"]

    unread.get(f"/threads/{thread.pk}/seen/4/")
    assert unread.unread() == []


@pytest.mark.parametrize("remove", [hide_post, delete_post])
def test_a_last_word_that_was_removed_keeps_nothing_unread_for_ever(remove, unread, customer, moderator):
    thread = make.thread(by=customer, title="Keys")
    reply = make.reply(thread)
    remove(by=moderator, post=reply, because="Advertising.")

    page = unread.get(thread.get_absolute_url())
    assert page.status_code == 200
    unread.get(f"/threads/{thread.pk}/seen/{thread.post_count + 1}/")

    assert unread.unread() == []


def test_a_note_of_the_team_is_news_to_nobody_else(unread, customer, agent):
    thread = make.thread(by=customer, title="Keys")

    make.reply(thread, by=agent, kind="note")

    assert unread.unread() == []
