"""What stands in the address of a list, well-formed or not, leads to a list, to the sign-in page or to nothing."""

from urllib.parse import parse_qs, urlsplit

import pytest

from community.people.models import Role
from community.spaces.actions import merge_tag
from tests import make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "query",
    [
        *("page=0", "page=-1", "page=2", "page=1000000000", "page=NaN", "page=1.0", "page=", "page=١", "page=1%00"),
        *("show=nothing", "show=waiting_us'", "show=%00"),
        *("space=nowhere", "space=cellar", "space=%00", "tag=nothing", "tag=%F0%9F%94%91"),
    ],
)
def test_a_list_that_does_not_exist_is_not_found(query, client):
    make.space(slug="cellar", team_only=True)

    assert client.get(f"/threads/?{query}").status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        "page=1",
        "show=",
        "space=",
        "tag=",
        "order=sideways",
        "version=abc",
        "platform=-1",
        "product=%00",
        "utm_source=x",
    ],
)
def test_what_means_nothing_is_passed_over(query, client, titles_on):
    make.thread(title="Keys")

    assert titles_on(client, f"/threads/?{query}") == ["Keys"]


@pytest.mark.parametrize("query", ["version=999999999", "platform=99", "product=99"])
def test_what_no_thread_names_finds_no_thread(query, client, titles_on):
    make.thread()

    assert titles_on(client, f"/threads/?{query}") == []


@pytest.mark.parametrize("show", ["waiting", "unread", "mine", "followed"])
def test_a_visitor_signs_in_for_lists_of_his_own_and_comes_back_to_the_same(show, client):
    make.space(slug="mail")

    sent = client.get(f"/threads/?show={show}&space=mail")

    assert sent.status_code == 302
    assert parse_qs(urlsplit(sent.url).query)["next"] == [f"/threads/?show={show}&space=mail"]


@pytest.mark.parametrize("address", ["/spaces/cellar/", "/spaces/nowhere/", "/tags/nothing/"])
def test_a_space_or_tag_that_one_may_not_read_is_like_none(address, client):
    make.space(slug="cellar", team_only=True)

    assert client.get(address).status_code == 404


def test_a_merged_tag_leads_to_the_name_that_stays_and_its_threads_go_with_it(client, titles_on):
    key, keys, signing = make.tag("key"), make.tag("keys"), make.tag("signing")
    make.thread(title="One name", tags=[key])
    make.thread(title="Both names", tags=[key, keys])
    merge_tag(by=make.member(role=Role.MODERATOR), tag=key, into=keys)

    merged = client.get("/tags/key/")

    assert (merged.status_code, merged.url) == (301, "/tags/keys/")
    assert set(titles_on(client, "/tags/keys/")) == {"One name", "Both names"}
    assert set(titles_on(client, "/threads/?tag=key")) == {"One name", "Both names"}
    assert [tag.name for tag in client.get("/tags/").context["tags"]] == ["keys", "signing"]
    assert client.get("/feeds/tags/key/").text.count("<entry>") == 2
    assert client.get("/tags/signing/").status_code == 200, signing


@pytest.mark.parametrize(
    ("address", "canonical"),
    [
        ("/threads/", "/threads/"),
        ("/threads/?show=unanswered", "/threads/?show=unanswered"),
        ("/threads/?page=2", "/threads/?page=2"),
        ("/threads/?show=latest&order=waiting&utm_source=x", "/threads/"),
        ("/threads/?show=unanswered&page=2&version=1", "/threads/?show=unanswered"),
        ("/spaces/mail/?page=2", "/spaces/mail/?page=2"),
    ],
)
def test_a_list_has_one_address_of_our_own_site(address, canonical, client, settings, monkeypatch):
    monkeypatch.setattr("community.threads.lists.PER_PAGE", 1)
    settings.SITE_URL = "https://community.example"
    product, space = make.product(), make.space("Mail", slug="mail")
    for _ in range(2):
        make.thread(space=space, product=product, version=product.versions.get())
    address = address.replace("version=1", f"version={product.versions.get().pk}")

    page = client.get(address)

    assert f'<link rel="canonical" href="https://community.example{canonical}">' in page.text


def test_other_methods_than_reading_are_refused(client):
    for address in ("/threads/", "/spaces/", "/tags/", "/threads/new/"):
        assert client.post(address).status_code == 405
        assert client.head(address).status_code == 200


def test_the_pages_of_a_list_lead_to_each_other_and_keep_what_was_chosen(client, monkeypatch):
    monkeypatch.setattr("community.threads.lists.PER_PAGE", 2)
    space = make.space(slug="mail")
    for _ in range(5):
        make.thread(space=space)

    page = client.get("/threads/?space=mail&show=waiting_us&page=2")

    assert 'href="?space=mail&amp;show=waiting_us&amp;page=3"' in page.text
    assert 'href="?space=mail&amp;show=waiting_us"' in page.text
    assert "3–4 of 5" in page.text
