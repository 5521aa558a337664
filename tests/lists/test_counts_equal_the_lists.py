"""A number on a tab is a promise: behind it stand exactly as many threads, whoever asks and whatever is filtered."""

import pytest

from community.threads.lists import ENDS, FOR_ALL, PERSONAL

pytestmark = pytest.mark.django_db

PEOPLE = ["visitor", "customer", "peer", "moderator", "agent"]


@pytest.fixture(params=PEOPLE)
def browser(request, everything, visiting_as):
    return visiting_as(None if request.param == "visitor" else request.getfixturevalue(request.param))


@pytest.fixture
def narrowings(everything) -> list[str]:
    chosen = f"product={everything.product.pk}&version={everything.version.pk}&platform={everything.platform.pk}"
    return [
        "/threads/",
        "/threads/?space=phones&order=waiting",
        "/threads/?tag=keys",
        f"/threads/?{chosen}&tag=keys&space=mail&order=waiting",
        "/spaces/mail/",
        "/spaces/phones/?tag=keys",
        "/tags/keys/",
    ]


def test_each_tab_holds_as_many_threads_as_it_says(browser, narrowings, tabs_on, titles_on):
    for address in narrowings:
        for key, (url, count) in tabs_on(browser, address).items():
            titles = titles_on(browser, url)

            assert len(titles) == count, (address, key)
            assert len(set(titles)) == count, f"{key} shows a thread twice"


def test_every_list_is_offered_and_none_but_the_rare_ones_is_left_out_when_empty(browser, tabs_on):
    offered = set(tabs_on(browser, "/threads/"))
    in_an_empty_place = set(tabs_on(browser, "/threads/?space=phones&tag=keys&platform=999"))

    own = PERSONAL if "_auth_user_id" in browser.session else set()
    assert offered == FOR_ALL.keys() | own
    assert in_an_empty_place == offered - ENDS


def test_the_sentence_above_a_list_counts_what_waits_for_us(browser, tabs_on):
    for address in ("/threads/", "/spaces/phones/", "/threads/?space=mail"):
        waits = tabs_on(browser, address)["waiting_us"][1]

        assert browser.get(address).context["waiting_for_us"] == waits


def test_restricted_threads_are_counted_for_their_readers_only(everything, visiting_as, titles_on, request):
    restricted = {
        "In the house": {"customer", "moderator", "agent"},
        "In the attic": {"customer", "moderator", "agent"},
        "In the cellar": {"moderator", "agent"},
        "On the shelf": {"moderator", "agent"},
        "For few": {"customer", "peer", "moderator", "agent"},
        "For others": {"peer", "moderator", "agent"},
        "For the team": {"moderator", "agent"},
        "Hidden": set(),
        "Deleted": set(),
    }

    for who in PEOPLE:
        browser = visiting_as(None if who == "visitor" else request.getfixturevalue(who))
        for address in ("/threads/", "/threads/?tag=keys", f"/threads/?version={everything.version.pk}", "/tags/keys/"):
            found = set(titles_on(browser, address))

            assert found & restricted.keys() == {title for title, people in restricted.items() if who in people}


def test_tags_and_areas_count_what_their_reader_finds(browser, titles_on):
    tags = browser.get("/tags/").context["tags"]
    areas = browser.get("/spaces/").context["tree"]

    assert [(tag.name, tag.thread_count) for tag in tags] == [("keys", len(titles_on(browser, "/tags/keys/")))]
    for space, count, children in areas:
        for place, open_count in ((space, count), *children):
            open_lists = [
                titles_on(browser, f"/spaces/{place.slug}/?show={show}") for show in ("waiting_us", "waiting_asker")
            ]
            assert open_count == sum(map(len, open_lists)), place
