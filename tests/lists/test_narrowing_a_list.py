"""Each way to narrow a list says how many threads it leads to, and leads to as many."""

import pytest
from django.utils.html import escape

pytestmark = pytest.mark.django_db


def facets_on(browser, address: str) -> dict:
    page = browser.get(address)
    return {facet.name: facet for facet in page.context["facets"]}


@pytest.mark.parametrize("who", ["visitor", "customer", "agent"])
def test_each_choice_leads_to_as_many_threads_as_it_says(who, everything, visiting_as, titles_on, request):
    browser = visiting_as(None if who == "visitor" else request.getfixturevalue(who))
    chosen = f"platform={everything.platform.pk}&version={everything.version.pk}"

    for address in (
        f"/threads/?show=waiting_us&{chosen}",
        "/threads/?tag=keys&space=mail",
        "/spaces/mail/?order=waiting",
    ):
        for facet in facets_on(browser, address).values():
            for choice in facet.choices:
                found = titles_on(browser, address.partition("?")[0] + choice.url)
                assert len(found) == choice.count, (address, facet.name, choice.words)


def test_what_would_lead_to_nothing_is_not_offered_unless_it_was_chosen(everything, client):
    other = everything.product.versions.last()

    offered = facets_on(client, f"/threads/?platform={everything.platform.pk}")["version"]
    chosen = facets_on(client, f"/threads/?platform={everything.platform.pk}&version={other.pk}")["version"]

    assert other.name not in [choice.words for choice in offered.choices]
    assert (chosen.chosen.words, chosen.chosen.count) == (other.name, 0)


def test_an_area_counts_what_stands_in_those_under_it(everything, client):
    areas = {choice.words: choice.count for choice in facets_on(client, "/threads/")["space"].choices}

    assert areas["Mail"] >= areas["Mail: Phones"] > 0
    assert "House" not in areas
    assert "Cellar" not in areas


def test_the_page_of_an_area_does_not_ask_for_the_area(everything, client):
    assert "space" not in facets_on(client, "/spaces/mail/")


def test_choices_are_links_that_need_no_scripts(everything, client):
    page = client.get("/threads/?show=waiting_us")

    choices = [choice for facet in page.context["facets"] for choice in facet.choices]
    assert len(choices) > 3
    for choice in choices:
        assert f'href="{escape(choice.url)}"' in page.text
