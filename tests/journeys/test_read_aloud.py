"""What somebody hears who does not see the page: taken from the tree that the browser gives to screen readers."""

import re

import pytest
from playwright.sync_api import expect

# Where it stands in the window: lines above it may become fewer without anything moving before the reader's eyes.
END_OF_QUESTION = "document.querySelector('[data-live-record] article').getBoundingClientRect().bottom"
HEADING = re.compile(r'- heading "(.+?)" \[level=(\d)\]')


def headings(page) -> list[tuple[str, int]]:
    """What the keys of a screen reader go through first."""
    return [(words, int(level)) for words, level in HEADING.findall(page.locator("body").aria_snapshot())]


def test_landing_on_a_thread_one_hears_where_one_is_and_where_it_stands(customer, peer, visitor):
    thread = customer.ask("The week has eight days")
    peer.reply(thread, "Count again from **Monday**.", kind="solution")
    visitor.open(thread.address)

    expect(visitor.page).to_have_title(re.compile("^The week has eight days – "))
    heard = visitor.page.locator("body").aria_snapshot()
    assert (
        heard.index('link "Skip to content"')
        < heard.index("- banner")
        < heard.index("- main")
        < heard.index("- contentinfo")
    )
    expect(visitor.page.get_by_role("main")).to_match_aria_snapshot(
        """
        - heading "The week has eight days" [level=1]
        - region "Where this stands":
          - heading "Where this stands" [level=2]
        """
    )
    # Before any post: the title, where it stands, the best there is so far.
    assert headings(visitor.page)[:2] == [("The week has eight days", 1), ("Where this stands", 2)]
    # Every post says what it is and whose, before its words.
    expect(visitor.page.get_by_role("article", name="Question by Marit Aune")).to_contain_text("ten minutes")
    expect(visitor.page.get_by_role("article", name="Solution by Berit Sandnes")).to_be_visible()


def test_what_arrives_is_announced_once_and_moves_neither_focus_nor_page(customer, peer, agent):
    thread = customer.ask("The clock strikes thirteen", "It does.\n\n" * 60)
    customer.listen(thread)
    customer.write_down_announcements()
    customer.text.focus()
    customer.page.keyboard.type("What I tried: ")
    before = customer.page.evaluate(END_OF_QUESTION)

    peer.reply(thread, "At midnight, or always?")
    expect(customer.page.locator("#announce")).to_have_text("1 new reply")
    agent.reply(thread, "This is a fault of ours.", kind="acknowledgement", because="cause")
    expect(customer.page.locator("#announce")).to_contain_text("Support")

    expect(customer.text).to_be_focused()
    expect(customer.text).to_have_value("What I tried: ")
    assert customer.page.evaluate(END_OF_QUESTION) == pytest.approx(before, abs=1)
    heard = customer.announcements()
    assert heard[0] == "1 new reply"
    assert len(heard) == len(set(heard))


def test_an_error_is_heard_first_and_stands_with_its_field(customer):
    customer.expected.append("422")
    customer.open("/ask/")
    customer.page.get_by_label("In one sentence").fill("The week has no end")
    customer.page.get_by_role("button", name="Send question").click()

    alert = customer.page.get_by_role("alert")
    expect(alert).to_contain_text("What you typed is kept.")
    expect(alert).to_be_focused()
    details = customer.page.get_by_role("textbox", name="The details")
    expect(details).to_have_attribute("aria-invalid", "true")
    expect(details).to_have_accessible_description(re.compile("Write something first"))
    expect(customer.page.get_by_label("In one sentence")).to_have_value("The week has no end")
    # Each line of the alert leads to its field.
    alert.get_by_role("link", name="The details").press("Enter")
    expect(details).to_be_focused()


def test_a_menu_says_whether_it_is_open_and_a_dialog_what_it_is(customer, peer):
    thread = customer.ask("Sundays are missing")
    peer.reply(thread, "Which ones?")
    customer.open(thread.address)
    more = customer.posts.last.get_by_label("More about this post")

    more.click()
    expect(more).to_have_attribute("aria-expanded", "true")
    customer.page.keyboard.press("Escape")
    expect(more).to_have_attribute("aria-expanded", "false")

    customer.page.keyboard.press("?")
    expect(customer.page.get_by_role("dialog", name="Keys")).to_be_visible()
