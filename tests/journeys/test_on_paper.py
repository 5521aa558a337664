"""A thread that is printed is the record: what was said, when, and where it stands."""

import re

from playwright.sync_api import expect

# As wide as the words on a sheet of A4.
SHEET = {"viewport": {"width": 688, "height": 980}, "color_scheme": "dark"}
LONG = "x" * 300
BODY = f"See [the notes](https://example.org/notes) or https://example.org/bare\n\n```\n{LONG}\n```"


def test_a_thread_on_paper_is_what_was_said_and_nothing_to_press(coming, customer):
    thread = customer.ask("The report is cut off on paper", BODY)
    reader = coming("tallow", **SHEET)
    reader.open(thread.address)
    reader.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    reader.page.emulate_media(media="print")

    for left_out in (".mast", ".foot-page", "#reply", ".aside", "[data-act]"):
        for part in reader.page.locator(left_out).all():
            expect(part).to_be_hidden()
    expect(reader.page.get_by_role("heading", level=1)).to_be_visible()
    expect(reader.page.get_by_text(re.compile(rf"http\S+{re.escape(thread.address)}")).first).to_be_visible()
    expect(reader.posts.first.locator("time").first).to_have_text(re.compile(r"\d{4}, \d\d:\d\d"))

    code = reader.posts.first.locator("pre")
    assert code.evaluate("(code) => code.scrollWidth <= code.clientWidth + 1")
    assert reader.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert reader.page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light"


def test_a_link_says_where_it_leads_once(coming, customer):
    thread = customer.ask("The report is cut off twice", BODY)
    reader = coming(**SHEET)
    reader.open(thread.address)
    reader.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    reader.page.emulate_media(media="print")

    shown = reader.posts.first.locator(".text a").evaluate_all(
        "(links) => links.map((link) => getComputedStyle(link, '::after').content)"
    )
    assert "https://example.org/notes" in shown[0]
    assert "example.org" not in shown[1]


def test_after_printing_the_times_are_the_readers_again(coming, customer):
    thread = customer.ask("The report is printed and read on")
    reader = coming(**SHEET)
    reader.open(thread.address)
    before = reader.posts.first.locator("time").first.inner_text()

    reader.page.pdf()

    expect(reader.posts.first.locator("time").first).to_have_text(before)
