"""Whoever uses no mouse gets everywhere."""

import re

from playwright.sync_api import expect


def test_the_first_stop_of_the_tab_key_skips_to_the_content(visitor):
    for address in ("/", "/threads/", "/accounts/login/"):
        visitor.open(address)

        visitor.page.keyboard.press("Tab")

        expect(visitor.page.locator(":focus")).to_have_text("Skip to content")
        expect(visitor.page.locator(":focus")).to_be_in_viewport()
        visitor.page.keyboard.press("Enter")
        expect(visitor.page).to_have_url(re.compile("#main$"))
        # The next stop is in the content, not in the masthead.
        visitor.page.keyboard.press("Tab")
        expect(visitor.page.locator("main :focus")).to_have_count(1)


def test_keys_go_from_post_to_post_and_lead_into_a_reply(customer, peer):
    thread = customer.ask("The week begins on a Sunday")
    for words in ("Look at the language.", "Look at the country."):
        peer.reply(thread, words)
    customer.open(thread.address)
    keyboard = customer.page.keyboard

    keyboard.press("j")
    expect(customer.posts.nth(0)).to_be_focused()
    keyboard.press("j")
    keyboard.press("j")
    expect(customer.posts.nth(2)).to_be_focused()
    keyboard.press("k")
    expect(customer.posts.nth(1)).to_be_focused()

    keyboard.press("?")
    sheet = customer.page.get_by_role("dialog", name="Keys")
    expect(sheet).to_be_visible()
    keyboard.press("Escape")
    expect(sheet).to_be_hidden()

    customer.posts.nth(1).focus()
    keyboard.press("q")
    expect(customer.text).to_be_focused()
    keyboard.type("jk?")
    expect(customer.text).to_have_value(
        re.compile(r"^> \[Berit Sandnes\]\(/posts/\d+/\)\n> Look at the language\.\n\njk\?$")
    )

    keyboard.press("Control+Enter")
    expect(customer.posts).to_have_count(4)
    keyboard.press("g")
    keyboard.press("q")
    customer.page.wait_for_url("**/threads/")
