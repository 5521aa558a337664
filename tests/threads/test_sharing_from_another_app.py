"""What another app shares begins a question."""

from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from community.threads.actions import save_draft
from tests import make

pytestmark = pytest.mark.django_db

SHARED = {"title": "Error 17 & more", "text": "It says “no keys”.", "url": "https://example.org/a?b=1&c=2"}


def form_at(browser, **given):
    return browser.get(f"/ask/?{urlencode(given)}").context["form"]


def test_a_title_words_and_an_address_fill_the_form(customer, visiting_as):
    form = form_at(visiting_as(customer), **SHARED)

    assert form["title"].value() == "Error 17 & more"
    assert form["body"].value() == "It says “no keys”.\n\nhttps://example.org/a?b=1&c=2"


def test_an_address_that_stands_in_the_words_already_comes_once(customer, visiting_as):
    form = form_at(visiting_as(customer), text="See https://example.org/a", url="https://example.org/a")

    assert form["body"].value() == "See https://example.org/a"


def test_a_draft_keeps_its_title_and_words_and_what_is_shared_stands_below_them(customer, visiting_as):
    save_draft(by=customer, title="Begun before", body="The first words.")

    form = form_at(visiting_as(customer), **SHARED)

    assert form["title"].value() == "Begun before"
    assert form["body"].value() == (
        "The first words.\n\nError 17 & more\n\nIt says “no keys”.\n\nhttps://example.org/a?b=1&c=2"
    )


def test_loading_the_page_again_brings_nothing_twice(customer, visiting_as):
    save_draft(by=customer, title="Error 17", body="It says no.\n\nAnd more.")

    form = form_at(visiting_as(customer), title="Error 17", text="It says no.")

    assert form["body"].value() == "It says no.\n\nAnd more."


def test_whoever_is_signed_out_signs_in_first_and_the_address_goes_along(client):
    told = client.get(f"/ask/?{urlencode(SHARED)}")

    onward = parse_qs(urlsplit(told["Location"]).query)["next"][0]
    assert (told.status_code, urlsplit(onward).path) == (302, "/ask/")
    assert {name: values[0] for name, values in parse_qs(urlsplit(onward).query).items()} == SHARED


@pytest.mark.parametrize("odd", ["\x00", "x" * 300_000, "<script>alert(1)</script>", "\ud800"])
def test_whatever_is_shared_opens_the_form(visiting_as, odd):
    browser = visiting_as(make.member())

    page = browser.get("/ask/", {name: odd.encode("utf-8", "replace").decode() for name in SHARED})

    assert page.status_code == 200
    assert "<script>alert" not in page.content.decode()
