from xml.etree import ElementTree

import pytest

from community.moderation.actions import hide_thread
from community.spaces.models import Openness
from community.threads.actions import delete_post, retitle_thread
from community.threads.models import Audience, Thread
from tests import make

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(autouse=True)
def _our_site(settings):
    settings.SITE_URL = "https://community.example"


@pytest.fixture
def feed(client):
    """Reads a feed as a feed reader does; it must be well-formed."""

    def read(address: str):
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
        return ElementTree.fromstring(answer.content)

    return read


def titles(feed) -> list[str]:
    return [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")]


def test_a_feed_says_where_everything_is_on_our_own_site(feed, peer):
    thread = make.thread(by=peer, title="Keys & <slots>", body="**Nothing** is signed.")

    read = feed("/feeds/threads/")
    entry = read.find(f"{ATOM}entry")

    site = "https://community.example"
    assert {link.get("rel"): link.get("href") for link in read.findall(f"{ATOM}link")} == {
        "alternate": f"{site}/threads/",
        "self": f"{site}/feeds/threads/",
    }
    assert entry.findtext(f"{ATOM}title") == "Keys & <slots>"
    assert entry.find(f"{ATOM}link").get("href") == f"{site}{thread.get_absolute_url()}"
    assert entry.findtext(f"{ATOM}id") == f"{site}/threads/{thread.pk}/"
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "tallow"
    assert entry.findtext(f"{ATOM}author/{ATOM}uri") == f"{site}/people/tallow/"
    assert entry.find(f"{ATOM}summary").get("type") == "html"
    assert "<strong>Nothing</strong>" in entry.findtext(f"{ATOM}summary")
    assert read.get("{http://www.w3.org/XML/1998/namespace}base") == f"{site}/"


def test_whatever_host_a_request_names_the_feed_is_ours(client, settings):
    settings.ALLOWED_HOSTS = ["elsewhere.example"]
    make.thread()

    answer = client.get("/feeds/threads/", headers={"host": "elsewhere.example"})

    assert b"elsewhere.example" not in answer.content


def test_a_new_title_makes_no_new_entry(feed, peer):
    thread = make.thread(by=peer, title="Keys")
    before = feed("/feeds/threads/").findtext(f"{ATOM}entry/{ATOM}id")

    retitle_thread(by=peer, thread=thread, title="Keys expired")

    assert titles(feed("/feeds/threads/")) == ["Keys expired"]
    assert feed("/feeds/threads/").findtext(f"{ATOM}entry/{ATOM}id") == before


def test_lists_spaces_tags_and_threads_have_feeds(feed):
    mail, keys = make.space("Mail", slug="mail"), make.tag("keys")
    thread = make.thread(title="In mail", space=mail)
    make.thread(title="Tagged", tags=[keys])
    make.reply(thread, body="Release the slot.", kind="solution")

    assert titles(feed("/feeds/threads/?show=unanswered")) == ["Tagged"]
    assert titles(feed("/feeds/spaces/mail/")) == ["In mail"]
    assert titles(feed("/feeds/tags/keys/")) == ["Tagged"]
    assert [title.split(": ")[1] for title in titles(feed(f"/feeds/threads/{thread.pk}/"))] == [
        "Solution",
        "Information",
    ]


def test_pages_name_their_feeds(client):
    mail, keys = make.space("Mail", slug="mail"), make.tag("keys")
    make.space("Cellar", slug="cellar", team_only=True)
    thread = make.thread(space=mail, tags=[keys])
    named = {
        "/threads/": "/feeds/threads/",
        "/threads/?show=unanswered": "/feeds/threads/?show=unanswered",
        "/spaces/mail/": "/feeds/spaces/mail/",
        "/tags/keys/": "/feeds/tags/keys/",
        thread.get_absolute_url(): f"/feeds/threads/{thread.pk}/",
    }

    for page, address in named.items():
        assert f'href="{address}"' in client.get(page).text.replace("https://community.example", ""), page


def test_a_feed_holds_only_what_every_visitor_may_read_even_for_the_team(visiting_as, agent, moderator):
    house = make.space("House", slug="house", readers=Openness.MEMBERS)
    attic = make.space("Attic", slug="attic", parent=house)
    keys = make.tag("keys")
    make.thread(title="Open", tags=[keys])
    inner = [
        make.thread(by=agent, title="House", space=house, tags=[keys]),
        make.thread(by=agent, title="Attic", space=attic, tags=[keys]),
        make.thread(by=agent, title="Team", audience=Audience.TEAM, tags=[keys]),
        make.thread(by=agent, title="Named", audience=Audience.NAMED, tags=[keys]),
        make.thread(title="Hidden", tags=[keys]),
        make.thread(title="Deleted", tags=[keys]),
    ]
    hide_thread(by=moderator, thread=inner[4], because="Advertising.")
    delete_post(by=moderator, post=inner[5].posts.get(), because="Advertising.")
    browser = visiting_as(agent)

    for address in ("/feeds/threads/", "/feeds/tags/keys/"):
        assert titles(ElementTree.fromstring(browser.get(address).content)) == ["Open"]
    for thread in inner:
        assert browser.get(f"/feeds/threads/{thread.pk}/").status_code == 404
    for slug in ("house", "attic"):
        assert browser.get(f"/feeds/spaces/{slug}/").status_code == 404


def test_notes_and_removed_posts_are_in_no_feed(feed, agent, moderator):
    thread = make.thread()
    make.reply(thread, by=agent, body="R-88 knows more.", kind="note")
    gone = make.reply(thread, body="Buy seats.")
    delete_post(by=moderator, post=gone, because="Advertising.")

    assert len(titles(feed(f"/feeds/threads/{thread.pk}/"))) == 1


@pytest.mark.parametrize(
    "address",
    [
        *("/feeds/threads/?show=mine", "/feeds/threads/?show=nothing", "/feeds/threads/9999/"),
        *("/feeds/spaces/nowhere/", "/feeds/tags/nothing/"),
    ],
)
def test_what_is_not_there_has_no_feed(address, client):
    assert client.get(address).status_code == 404


def test_an_unchanged_feed_is_not_sent_again(client, moderator):
    thread = make.thread()
    first = client.get("/feeds/threads/")

    again = client.get("/feeds/threads/", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")

    # What disappears is newer than nothing, and must be noticed all the same.
    hide_thread(by=moderator, thread=thread, because="Advertising.")
    changed = client.get("/feeds/threads/", headers={"if-none-match": first["ETag"]})
    assert changed.status_code == 200
    assert "Last-Modified" not in changed


def test_characters_that_xml_cannot_say_are_left_out(feed):
    thread = make.thread(title="Keys")
    Thread.objects.filter(pk=thread.pk).update(title="Ke\x0bys\ufffe")

    assert titles(feed("/feeds/threads/")) == ["Keys"]
    assert feed(f"/feeds/threads/{thread.pk}/").findtext(f"{ATOM}title") == "Keys"


def test_a_feed_without_threads_is_a_feed(feed):
    assert titles(feed("/feeds/threads/")) == []
