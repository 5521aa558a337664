"""The help centre, its articles, and the rules."""

import pytest

from cms.models import HelpArticle, HelpCentre, PlainPage
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


def write(title: str, **details) -> HelpArticle:
    body = [
        ("text", "<h2>Why</h2><p>Every machine holds a <b>slot</b>.</p>"),
        ("step", {"text": "<p>Open the console.</p>"}),
        ("code", {"code": "relay keys renew <slot>"}),
        ("notice", {"text": "Not on 7.3."}),
    ]
    slug = title.lower().replace(" ", "-")
    made = HelpCentre.objects.get().add_child(
        instance=HelpArticle(title=title, slug=slug, summary=f"About {title}.", body=body, **details)
    )
    made.save_revision().publish()
    return made


def test_an_article_shows_all_its_parts(client):
    write("Rebuild a machine", product=make.product("Relay Mail"))

    page = client.get("/help/rebuild-a-machine/")

    assert page.status_code == 200
    for words in (
        "<bdi>Rebuild a machine</bdi>",
        "About Rebuild a machine.",
        "Every machine holds a <b>slot</b>.",
        "Open the console.",
        "relay keys renew &lt;slot&gt;",
        "Not on 7.3.",
        "Relay Mail",
        "Last changed",
        'href="/ask/"',
    ):
        assert words in page.text
    assert '<link rel="canonical" href="http://127.0.0.1:8000/help/rebuild-a-machine/">' in page.text


def test_the_help_centre_names_published_articles_by_product_those_for_everything_last(client):
    mail = make.product("Mail")
    devices = make.product("Devices")
    for title, product in (("Beta", mail), ("Everything", None), ("Enrol", devices), ("Alpha", mail)):
        write(title, product=product)
    write("Draft", product=mail).unpublish()

    page = client.get("/help/")

    places = [page.text.index(f"<bdi>{title}</bdi>") for title in ("Enrol", "Alpha", "Beta", "Everything")]
    assert places == sorted(places)
    assert "<bdi>Draft</bdi>" not in page.text
    assert [page.text.count(f"<h2>{name}</h2>") for name in ("Devices", "Mail")] == [1, 1]


def test_a_help_centre_without_articles_says_so_and_offers_to_ask(client):
    page = client.get("/help/")

    assert "No article is written yet." in page.text
    assert 'href="/ask/"' in page.text


def test_an_article_that_is_not_published_is_not_found(client):
    write("Rebuild a machine").unpublish()

    assert client.get("/help/rebuild-a-machine/").status_code == 404


def test_the_rules_stand_behind_the_link_on_every_page(client):
    assert 'href="/rules/"' in client.get("/threads/").text

    page = client.get("/rules/")

    assert page.status_code == 200
    assert "Rules of the house" in page.text
    assert "Keep private what is private" in page.text


def test_editors_write_the_rules_anew(client):
    rules = PlainPage.objects.get()
    rules.body = [("text", "<p>There is one rule.</p>")]
    rules.save_revision().publish()

    assert "There is one rule." in client.get("/rules/").text
