"""Whole journeys without a mouse: ask, reply, say that it worked, flag, decide."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

# More stops than any page has before what one looks for.
FAR = 120


def go_to(page: Page, there: Locator, key: str = "Tab") -> None:
    """From stop to stop, as everybody has to who uses no mouse."""
    expect(there).to_be_visible()
    for _stop in range(FAR):
        page.keyboard.press(key)
        if there.evaluate("(there) => there === document.activeElement"):
            return
    raise AssertionError(f"{FAR} stops do not lead to {there}")


def skip_to_the_content(page: Page) -> None:
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to content")
    page.keyboard.press("Enter")


def press_button(page: Page, name: str | re.Pattern, within: Locator | None = None) -> None:
    go_to(page, (within or page.locator("main")).get_by_role("button", name=name, exact=True))
    page.keyboard.press("Enter")


def test_asking_replying_and_saying_that_it_worked(customer, peer):
    page, keys = customer.page, customer.page.keyboard
    customer.open("/")
    keys.press("g")
    keys.press("a")
    page.wait_for_url("**/ask/")
    go_to(page, page.get_by_label("Space", exact=True))
    keys.type("Cal")
    go_to(page, page.get_by_label("In one sentence"))
    keys.type("Reminders come an hour late")
    go_to(page, customer.text)
    keys.type("Since the clocks went back.")
    # Tab leaves the text: it is no trap.
    press_button(page, "Send question")
    thread = customer.arrived()
    expect(page.get_by_role("heading", level=1)).to_have_text("Reminders come an hour late")

    peer.open(thread.address)
    peer.page.keyboard.press("j")
    peer.page.keyboard.press("r")
    expect(peer.text).to_be_focused()
    peer.page.keyboard.type("1. Open *Settings*.\n2. Choose the zone again.")
    peer.page.keyboard.press("Control+Enter")
    expect(peer.posts).to_have_count(2)

    page.reload()
    skip_to_the_content(page)
    press_button(page, "Yes, it works", within=customer.state)
    expect(customer.state).to_contain_text("Confirmed by the asker")


def test_flagging_from_the_menu_of_a_post_and_deciding_case_after_case(customer, peer, moderator):
    """M8, its keyboard half"""
    thread = customer.ask("Which colour for the holidays?")
    said = [peer.reply(thread, f"Buy paint number {number} from me.") for number in range(1, 5)]
    page, keys = customer.page, customer.page.keyboard
    for post in said:
        customer.open(thread.address)
        there = page.locator(f"#post-{post}")
        while not there.evaluate("(there) => there === document.activeElement"):
            keys.press("j")
        go_to(page, there.get_by_label("More about this post"))
        keys.press("Enter")
        go_to(page, page.get_by_role("link", name="Flag"))
        keys.press("Enter")
        page.wait_for_url("**/flag/")
        skip_to_the_content(page)
        go_to(page, page.get_by_role("radio").first)
        keys.press("Space")
        press_button(page, "Send to the moderators")
        page.wait_for_url(re.compile(r"/threads/\d+/"))

    page, keys = moderator.page, moderator.page.keyboard
    moderator.open("/")
    keys.press("g")
    keys.press("m")
    page.wait_for_url("**/moderation/")
    ours = page.get_by_role("article").filter(has_text="Which colour for the holidays?")
    for left in range(len(said), 0, -1):
        expect(ours).to_have_count(left)
        while not ours.first.evaluate("(there) => there === document.activeElement"):
            keys.press("j")
        go_to(page, ours.first.get_by_label("Reason in your own words"))
        keys.type("Selling is for the market.")
        press_button(page, re.compile("^Uphold"), within=ours.first)
    expect(ours).to_have_count(0)
    customer.open(thread.address)
    expect(page.get_by_text("Buy paint")).to_have_count(0)


def test_a_menu_opened_by_a_key_is_left_by_escape_and_gives_the_focus_back(customer):
    customer.open("/threads/")
    menu = customer.page.get_by_label("Your menu")
    go_to(customer.page, menu)

    customer.page.keyboard.press("Enter")
    expect(customer.page.get_by_role("link", name="Your drafts")).to_be_visible()
    customer.page.keyboard.press("Escape")

    expect(customer.page.get_by_role("link", name="Your drafts")).to_be_hidden()
    expect(menu).to_be_focused()


@pytest.mark.parametrize("address", ["/", "/threads/", "/ask/", "/people/settings/"])
def test_the_tab_key_goes_through_a_page_and_out_of_it(customer, address):
    """No trap: every stop is another one, until the browser itself takes over."""
    customer.open(address)
    seen = []
    for _stop in range(FAR):
        customer.page.keyboard.press("Tab")
        here = customer.page.evaluate(
            "() => { const all = [...document.querySelectorAll('*')]; return all.indexOf(document.activeElement); }"
        )
        if here in seen or customer.page.evaluate("document.activeElement === document.body"):
            break
        seen.append(here)

    assert len(seen) > 10
    assert customer.page.evaluate("document.activeElement === document.body || document.activeElement.matches('.skip')")


def test_whoever_cannot_use_single_letters_switches_them_off(customer):
    """WCAG 2.1.4"""
    customer.open("/threads/")
    keys = customer.page.keyboard
    keys.press("?")
    switch = customer.page.get_by_label("no single letters")
    go_to(customer.page, switch)
    keys.press("Space")
    keys.press("Escape")
    customer.page.reload()

    keys.press("g")
    keys.press("a")
    keys.press("?")

    expect(switch).to_be_checked()
    assert customer.page.url.endswith("/threads/")
