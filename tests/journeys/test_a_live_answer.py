"""What an asker sees while somebody answers."""

import re

from playwright.sync_api import expect

LONG = "The calendar shows every meeting twice.\n\n" * 60
# Where on the screen the words stand that somebody is reading.
READ_AT = """document.querySelector(".post .text").getBoundingClientRect().top"""


def test_an_answer_arrives_on_the_open_page_of_the_asker(customer, peer):
    """C3"""
    thread = customer.ask("Every meeting stands twice in the calendar", LONG)
    customer.listen(thread)
    customer.write_down_announcements()
    customer.page.evaluate("scrollTo(0, 400)")
    read_at = customer.page.evaluate(READ_AT)
    title = customer.page.title()

    peer.listen(thread)
    peer.text.press_sequentially("Remove the second account. ", delay=20)

    expect(customer.page.locator("[data-presence]")).to_have_text("Berit Sandnes is replying")

    peer.text.press_sequentially("Then sync once.")
    peer.text.press("Control+Enter")

    expect(customer.posts).to_have_count(2)
    expect(customer.posts.last).to_contain_text("Remove the second account. Then sync once.")
    expect(customer.page.locator("[data-presence]")).to_be_hidden()
    expect(customer.page).to_have_title(f"(1) {title}")
    expect(customer.page.locator("#announce")).to_have_text("1 new reply")
    assert customer.page.evaluate(READ_AT) == read_at

    customer.page.get_by_role("link", name="1 new reply").click()

    expect(customer.posts.last).to_be_in_viewport()
    expect(customer.page).to_have_title(title)
    assert customer.announcements() == ["1 new reply"]
    assert re.search(r"/threads/\d+/", peer.page.url)
