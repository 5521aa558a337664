"""M8: twenty things in the queue decided by two keys each, one claimed and let go, the last one taken back."""

import re

from playwright.sync_api import expect


def test_twenty_cases_are_decided_by_two_keys_each(customer, peer, second_customer, moderator):
    thread = customer.ask("Which paint keeps longest?")
    said = [peer.reply(thread, f"Buy my paint number {number}.") for number in range(20)]
    for post in said:
        second_customer.send(f"/posts/{post}/flag/", reason="abuse", words="")
    page, keys = moderator.page, moderator.page.keyboard
    moderator.open("/moderation/?show=flags")
    before = int(page.locator(".house-more b").inner_text())

    keys.press("n")
    page.wait_for_url(re.compile("show=mine"))
    expect(page.get_by_text("claimed by you", exact=True)).to_be_visible()
    keys.press("c")
    expect(page.get_by_text("You have claimed nothing.")).to_be_visible()
    moderator.open("/moderation/?show=flags")
    keys.press("j")
    for done in range(1, 21):
        expect(page.locator("[data-case]:focus")).to_have_count(1)
        with page.expect_navigation():
            keys.press("u")
            keys.press("1")
        expect(page.locator(".house-more b")).to_have_text(str(before - done))
    with page.expect_navigation():
        keys.press("z")

    expect(page.locator(".house-more b")).to_have_text(str(before - 19))
