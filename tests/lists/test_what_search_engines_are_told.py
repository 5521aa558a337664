from xml.etree import ElementTree

import pytest

from cms import first_pages
from community.moderation.actions import hide_thread
from community.spaces.models import Openness
from community.threads.actions import delete_post
from community.threads.models import Audience
from tests import make

pytestmark = pytest.mark.django_db

SITE = "https://community.example"
LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


@pytest.fixture(autouse=True)
def _our_site(settings):
    settings.SITE_URL = SITE


def locations(answer) -> set[str]:
    assert answer.status_code == 200
    return {found.text for found in ElementTree.fromstring(answer.content).iter(LOC)}


def test_the_sitemap_names_every_public_page_by_its_own_address_and_nothing_else(visiting_as, agent, moderator):
    first_pages.build()
    open_space = make.space("Mail", slug="mail")
    house = make.space("House", slug="house", readers=Openness.MEMBERS)
    make.space("Attic", slug="attic", parent=house)
    shown = make.thread(space=open_space)
    for details in ({"space": house}, {"audience": Audience.TEAM}, {"audience": Audience.NAMED}):
        make.thread(**{"by": agent, "space": open_space} | details)
    hide_thread(by=moderator, thread=make.thread(space=open_space), because="Advertising.")
    delete_post(by=moderator, post=make.thread(space=open_space).posts.get(), because="Advertising.")
    browser = visiting_as(agent)

    sections = locations(browser.get("/sitemap.xml"))
    named = set().union(*(locations(browser.get(section.removeprefix(SITE))) for section in sections))

    assert sections == {f"{SITE}/sitemap-{section}.xml" for section in ("threads", "spaces", "pages")}
    assert {SITE + shown.get_absolute_url(), f"{SITE}/spaces/mail/", f"{SITE}/", f"{SITE}/help/"} <= named
    assert {address for address in named if "/threads/" in address or "/spaces/" in address} == {
        SITE + shown.get_absolute_url(),
        f"{SITE}/spaces/mail/",
    }


def test_a_sitemap_of_many_pages_names_them_all(client, monkeypatch):
    monkeypatch.setattr("community.spaces.sitemaps.PublicSitemap.limit", 1)
    for _ in range(2):
        make.thread()

    sections = locations(client.get("/sitemap.xml"))

    assert {f"{SITE}/sitemap-threads.xml", f"{SITE}/sitemap-threads.xml?p=2"} <= sections
    assert len(locations(client.get("/sitemap-threads.xml?p=2"))) == 1


def test_a_section_that_does_not_exist_is_not_found(client):
    assert client.get("/sitemap-members.xml").status_code == 404


def test_robots_are_sent_to_the_sitemap_and_kept_from_what_is_no_page(client):
    lines = client.get("/robots.txt").text.splitlines()

    assert f"Sitemap: {SITE}/sitemap.xml" in lines
    assert {"Disallow: /accounts/", "Disallow: /search/", "Disallow: /posts/"} <= set(lines)
    assert "Disallow: /threads/" not in lines
