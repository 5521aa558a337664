"""A member gives the list he looks at a name, finds it among his tabs, and takes it away again."""

import pytest

from community.policy import Invalid, NotAllowed
from community.threads.actions import drop_filter, save_filter
from community.threads.models import SavedFilter
from community.threads.policies import MOST_SAVED_FILTERS
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(customer, visiting_as):
    make.thread(space=make.space("Mail", slug="mail"))
    return visiting_as(customer)


def keep(browser, address: str, name: str):
    query = browser.get(address).context["this_list"]
    return browser.post("/threads/saved/", {"name": name, "query": query}, follow=True)


def saved_on(page) -> list[tuple[str, bool]]:
    return [(tab.words, tab.current) for tab in (*page.context["saved_tabs"], *page.context["more_saved_tabs"])]


def test_a_named_list_stands_among_the_tabs_and_is_the_one_shown(browser):
    page = keep(browser, "/threads/?show=waiting_us&space=mail&page=1", "Mail that waits")

    assert page.redirect_chain == [("/threads/?show=waiting_us&space=mail", 302)]
    assert saved_on(page) == [("Mail that waits", True)]
    assert not any(tab.current for tab in page.context["tabs"])
    assert saved_on(browser.get("/threads/")) == [("Mail that waits", False)]
    tabs = page.text.partition('class="tabs"')[2].partition("</div>")[0]
    assert '<bdi>Mail that waits</bdi> <span class="n">1</span>' in tabs
    assert tabs.count('aria-current="page"') == 1


def test_the_list_of_an_area_keeps_the_area(browser):
    page = keep(browser, "/spaces/mail/?order=waiting", "Mail")

    assert page.redirect_chain == [("/threads/?space=mail&order=waiting", 302)]


def test_the_same_name_again_means_the_new_list(browser, customer):
    keep(browser, "/threads/?show=waiting_us", "Mine")
    keep(browser, "/threads/?space=mail", " Mine ")

    assert [(saved.name, saved.query) for saved in customer.saved_filters.all()] == [("Mine", "space=mail")]


def test_it_can_be_taken_away_also_twice(browser, customer):
    page = keep(browser, "/threads/?space=mail", "Mail")
    address = f"/threads/saved/{page.context['current_saved'].saved_pk}/remove/"

    assert address in page.text
    for _ in range(2):
        assert saved_on(browser.post(address, follow=True)) == []


def test_nobody_sees_or_takes_away_anothers_list(browser, customer, peer, visiting_as):
    keep(browser, "/threads/?space=mail", "Mail")
    saved = customer.saved_filters.get()
    other = visiting_as(peer)

    other.post(f"/threads/saved/{saved.pk}/remove/")

    assert saved_on(other.get("/threads/")) == []
    assert SavedFilter.objects.get() == saved
    assert drop_filter(by=peer, pk=saved.pk) is False


def test_there_are_as_many_as_one_can_tell_apart(browser, customer):
    for number in range(MOST_SAVED_FILTERS):
        save_filter(by=customer, name=f"List {number}", query="space=mail")

    with pytest.raises(NotAllowed, match="Remove one first"):
        save_filter(by=customer, name="One more", query="space=mail")
    save_filter(by=customer, name="List 3", query="show=waiting")

    page = browser.get("/threads/?show=waiting")
    assert len(saved_on(page)) == MOST_SAVED_FILTERS
    # The one that is shown is in sight although it is not among the first.
    assert [tab.words for tab in page.context["saved_tabs"]] == ["List 0", "List 1", "List 3"]


@pytest.mark.parametrize("name", ["", "   ", "x" * 41])
def test_a_list_needs_a_name_that_fits(name, browser, customer):
    with pytest.raises(Invalid):
        save_filter(by=customer, name=name, query="space=mail")

    answer = browser.post("/threads/saved/", {"name": name, "query": "space=mail"})

    assert answer.status_code == 422
    assert not customer.saved_filters.exists()


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("order=waiting&show=waiting_us&page=3&utm_source=x", "show=waiting_us&order=waiting"),
        ("?show=latest", ""),
        ("space=ma%00il", "space=mail"),
        ("javascript:alert(1)", ""),
        ("//elsewhere.example/", ""),
    ],
)
def test_only_what_names_a_list_is_kept(query, kept, customer):
    assert save_filter(by=customer, name="Mine", query=query).query == kept


def test_a_visitor_has_no_lists_to_name(client):
    make.thread(space=make.space("Mail", slug="mail"))

    assert "/threads/saved/" not in client.get("/threads/?space=mail").text
    assert client.post("/threads/saved/", {"name": "Mine", "query": "space=mail"}).status_code == 403
    assert not SavedFilter.objects.exists()


def test_a_row_says_who_asked_who_spoke_last_and_how_much_is_new(browser, customer, peer):
    thread = make.thread(by=customer, title="Keys")
    for _ in range(2):
        make.reply(thread, by=peer)

    [row] = [row for row in browser.get("/threads/").context["rows"] if row.title == "Keys"]

    assert (row.asker, row.last, row.new) == (customer, peer, 2)
    browser.post(f"/threads/{thread.pk}/read/", {"number": 3})
    [row] = [row for row in browser.get("/threads/").context["rows"] if row.title == "Keys"]
    assert (row.unread, row.new) == (False, 0)
