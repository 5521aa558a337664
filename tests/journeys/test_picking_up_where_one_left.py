"""How far somebody has read is known on all of their devices."""

import re

import pytest
from playwright.sync_api import expect

PHONE = {"viewport": {"width": 390, "height": 800}, "has_touch": True, "is_mobile": True}
POSTS = 80
READ = 30
# In milliseconds: how long a page waits before it looks what is in view, and before it tells.
A_GLANCE, A_REST = 250, 1500
# At most half a screen on; whether there was any way left to go.
SCROLL_TOWARDS = """(post) => new Promise((done) => {
  const left = Math.ceil(post.getBoundingClientRect().bottom - innerHeight);
  if (left <= 0) { done(false); return; }
  addEventListener("scroll", () => done(true), { once: true });
  scrollBy({ top: Math.min(left, innerHeight / 2), behavior: "instant" });
})"""


@pytest.fixture
def long_thread(customer, peer):
    thread = customer.ask("Eighty words about one calendar", space="Calendar")
    for number in range(2, POSTS + 1):
        peer.reply(thread, f"Word number {number}.\n\nIt takes its time.")
    return thread


def test_who_has_read_thirty_of_eighty_posts_on_the_phone_goes_on_at_the_thirty_first_elsewhere(coming, long_thread):
    """P5"""
    phone = coming("harbour-dental", **PHONE)
    phone.page.clock.install()
    phone.open(long_thread.address)
    read_as_far_as(phone, 20)
    phone.page.get_by_role("link", name="Later").last.click()
    expect(phone.posts.first).to_contain_text("Word number 21.")
    read_as_far_as(phone, READ)

    desktop = coming("harbour-dental", viewport={"width": 1100, "height": 500})
    desktop.page.clock.install()
    desktop.open("/threads/?show=unread")
    row = desktop.page.locator(f"[data-thread='{long_thread.number}']")
    expect(row).to_have_class(re.compile("unread"))
    row.get_by_role("link").click()

    expect(desktop.page.locator(".since")).to_contain_text(f"{POSTS - READ} new since you were here")
    next_one = desktop.page.locator(f"[data-number='{READ + 1}']")
    expect(next_one).to_contain_text(f"Word number {READ + 1}.")
    expect(next_one).to_be_in_viewport()
    expect(desktop.page.locator(f"[data-number='{READ - 1}']")).not_to_be_in_viewport()

    read_as_far_as(desktop, 40)
    for first in (41, 61):
        desktop.page.get_by_role("link", name="Later").last.click()
        expect(desktop.posts.first).to_contain_text(f"Word number {first}.")
        read_as_far_as(desktop, first + 19)

    for device in (phone, desktop):
        device.open("/threads/?show=unread")
        expect(device.page.locator(f"[data-thread='{long_thread.number}']")).to_have_count(0)


def read_as_far_as(reader, number: int) -> None:
    """Scroll through the page until this post stands at the lower edge, and rest there until the forum knows it."""
    last = reader.page.locator(f"[data-number='{number}']")
    while last.evaluate(SCROLL_TOWARDS):
        reader.page.clock.run_for(A_GLANCE)
    with reader.page.expect_response(lambda answer: told(answer) == number):
        reader.page.clock.run_for(A_REST)


def told(answer) -> int | None:
    """The number that a page has just said its reader has come to."""
    if not answer.url.endswith("/read/"):
        return None
    found = re.search(r'name="number"\r\n\r\n(\d+)', answer.request.post_data or "")
    return int(found[1]) if found else None
