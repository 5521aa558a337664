"""Asking: what was asked and explained before is offered while one writes, and nothing of it stands in the way."""

import re

from playwright.sync_api import expect

TITLE = "Signing keys expired after rebuild"
ARTICLE = "Rebuild a mail machine and keep its keys"
WORDS = "Since this morning the rebuilt machine signs nothing."


def begin(person) -> None:
    person.open("/ask/")
    person.page.get_by_label("Space", exact=True).select_option(label="Mail")
    person.page.get_by_label("Product").select_option(label="Relay Mail")
    person.page.get_by_label("Version").select_option(label="7.2")
    person.page.get_by_label("Platform").select_option(label="Windows")


def test_a_customer_is_shown_what_is_known_reads_it_and_asks_all_the_same(customer, agent):
    begin(customer)
    customer.write_down_announcements()
    customer.page.get_by_label("In one sentence").press_sequentially(TITLE)

    found = customer.page.locator("[data-found]")
    expect(found.get_by_role("link", name=ARTICLE)).to_be_visible()
    expect(found.locator("li", has_text=ARTICLE)).to_contain_text("confirmed on 7.2")
    expect(found.get_by_role("link", name=re.compile("Signing keys expired after a rebuild"))).to_be_visible()
    assert any("similar question" in said for said in customer.announcements())

    # Opens the article and comes back: everything is there, and the form says what was read.
    customer.text.fill(WORDS)
    found.get_by_role("link", name=ARTICLE).click()
    expect(customer.page.get_by_role("heading", level=1)).to_have_text(ARTICLE)
    customer.page.go_back()
    expect(customer.page.get_by_label("In one sentence")).to_have_value(TITLE)
    expect(customer.text).to_have_value(WORDS)
    expect(customer.page.get_by_label("Version")).to_have_value(re.compile(r"\d+"))
    expect(customer.page.get_by_text("You have read:")).to_contain_text(ARTICLE)

    customer.page.get_by_role("button", name="Send question").click()
    thread = customer.arrived()
    expect(customer.state).to_contain_text("New. Waiting for us")
    expect(customer.state).to_contain_text("Everybody can read it.")

    agent.open(thread.address)
    expect(agent.page.get_by_label("About this thread")).to_contain_text("Read before asking")
    # What resembles the question stands beside it as well.
    expect(agent.page.locator(".staff-only").get_by_role("link", name=ARTICLE)).to_be_visible()


def test_what_comes_above_the_words_does_not_push_them_away(customer):
    begin(customer)
    customer.page.get_by_label("In one sentence").fill("Something else happens")
    customer.text.click()
    before = customer.text.bounding_box()["y"]

    words = "signing keys expired, the machine was rebuilt"
    with customer.saves_a_draft_of(words):
        customer.text.press_sequentially(words, delay=5)

        expect(customer.page.locator("[data-found]")).to_be_visible()
        assert abs(customer.text.bounding_box()["y"] - before) < 2
    # Nobody finds a begun question in the next journey.
    customer.open("/threads/")
    customer.send("/drafts/question/discard/")


def test_without_scripts_it_is_shown_when_the_question_is_first_sent(coming):
    person = coming("harbour-dental", java_script_enabled=False)
    begin(person)
    person.page.get_by_label("In one sentence").fill(TITLE)
    person.text.fill(WORDS)
    person.page.get_by_role("button", name="Send question").click()

    expect(person.page.get_by_text("Not sent yet: there are others like it.")).to_be_visible()
    person.page.get_by_role("link", name=ARTICLE).click()
    person.page.go_back()
    expect(person.text).to_have_value(WORDS)
    person.page.get_by_role("button", name="Send question").click()

    person.arrived()
    expect(person.state).to_contain_text("New. Waiting for us")
    expect(person.page.get_by_role("heading", level=1)).to_have_text(TITLE)
