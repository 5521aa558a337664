"""A reply waits for a moderator, who corrects a link and approves in one step; nobody ever reads the other one."""

import re

from playwright.sync_api import expect

# The demo watches for this place.
WRONG, RIGHT = "https://relay-mirror.example/steps", "https://relay.example/steps"


def test_followers_feeds_and_searches_get_the_corrected_text_only(coming, customer, peer, second_customer, moderator):
    """M2"""
    thread = customer.ask("Where are the steps for the quince tree?")
    peer.listen(thread)

    writer = second_customer
    writer.open(thread.address)
    writer.page.get_by_label("Your reply").last.fill(f"The quinceful steps are at {WRONG} for all to read.")
    writer.page.get_by_role("button", name="Send", exact=True).click()
    writer.page.wait_for_url(re.compile(r"/moderation/held/\d+/"))
    expect(writer.page.get_by_role("heading", name="A moderator reads this first")).to_be_visible()
    expect(writer.page.get_by_text("a word or link that moderators look at")).to_be_visible()
    writer.open(thread.address)
    expect(writer.page.get_by_text("A moderator reads what you wrote here first.")).to_be_visible()

    def found_outside() -> str:
        get = peer.context.request.get
        feed = get(f"/feeds/threads/{thread.number}/").text()
        return feed + get("/search/?q=quinceful").text() + get(thread.address).text()

    assert "relay-mirror" not in found_outside()

    moderator.open("/moderation/?show=held")
    row = moderator.page.get_by_role("article").filter(has_text="quinceful")
    row.get_by_role("link", name="Decide").click()
    text = moderator.page.get_by_role("textbox", name="The text")
    text.fill(text.input_value().replace(WRONG, RIGHT))
    moderator.page.get_by_label("Reason").fill("The mirror is not ours.")
    moderator.page.get_by_role("button", name="Approve and post").click()
    expect(moderator.page.get_by_text("Posted. Its author is told.")).to_be_visible()

    expect(peer.page.get_by_text("The quinceful steps")).to_be_visible()
    outside = found_outside()
    assert RIGHT in outside
    assert "relay-mirror" not in outside

    writer.open("/inbox/")
    writer.page.get_by_role("link", name=re.compile("quinceful")).first.click()
    expect(writer.page.get_by_text("The mirror is not ours.")).to_be_visible()
    expect(writer.page.locator("del").first).to_contain_text("mirror")
