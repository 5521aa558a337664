"""A flag is raised, decided with a reason, and everybody concerned is told."""

import re

from playwright.sync_api import expect

REASON = "It names a colleague who cannot answer here."


def test_a_flagged_post_is_claimed_by_one_and_hidden_with_a_reason_that_author_and_flagger_read(
    coming, customer, peer, second_customer, moderator
):
    """M1"""
    thread = customer.ask("Who looks after our calendar?")
    older = peer.reply(thread, "Buy my calendar instead.")
    customer.send(f"/posts/{older}/flag/", reason="spam", words="")
    rude = peer.reply(thread, "It was set up by Egon, who lives above the bakery.")
    peer.listen(thread)
    moderator.open("/moderation/")
    expect(moderator.page.get_by_role("article").first).to_be_visible()

    second_customer.open(thread.address)
    second_customer.page.locator(f"#post-{rude}").get_by_label("More about this post").click()
    second_customer.page.get_by_role("link", name="Flag").click()
    second_customer.page.get_by_label("Shows private data").check()
    second_customer.page.get_by_label("In your words").fill("Egon is known to everybody here.")
    second_customer.page.get_by_role("button", name="Send to the moderators").click()
    second_customer.page.wait_for_url(re.compile(r"/threads/\d+/"))

    newer = moderator.page.get_by_role("link", name=re.compile("^1 new"))
    expect(newer).to_be_visible()
    newer.click()
    first = moderator.page.get_by_role("article").first
    expect(first).to_contain_text("who lives above the bakery")
    expect(first).to_contain_text("Egon is known to everybody here.")
    expect(moderator.page.get_by_role("article").filter(has_text="Buy my calendar instead.").last).to_be_visible()

    colleague = coming("keeper")
    colleague.expected.append("409")
    colleague.open("/moderation/")
    second = colleague.page.get_by_role("article").first
    expect(second).to_contain_text("who lives above the bakery")
    expect(second.get_by_role("button", name="Uphold and hide")).to_be_visible()

    first.get_by_role("button", name="Claim").click()
    first = moderator.page.get_by_role("article").first
    expect(first).to_contain_text("claimed by you")
    # What was opened before the claim looks as if one could still decide.
    second.get_by_label("Reason in your own words").fill("It is rude.")
    second.get_by_role("button", name="Uphold and hide").click()
    expect(colleague.page.get_by_text("Aoife Brannagh").first).to_be_visible()
    expect(peer.page.locator(f"#post-{rude}")).to_contain_text("who lives above the bakery")
    colleague.open("/moderation/")
    second = colleague.page.get_by_role("article").first
    expect(second).to_contain_text("claimed by Aoife Brannagh")
    expect(second.get_by_role("button", name="Uphold and hide")).to_have_count(0)

    first.get_by_label("Reason in your own words").fill(REASON)
    first.get_by_role("button", name="Uphold and hide").click()

    expect(moderator.page.get_by_text("who lives above the bakery")).to_have_count(0)
    in_its_place = peer.page.locator(f"#post-{rude}")
    expect(in_its_place).to_contain_text(f"Hidden by a moderator. Reason: {REASON}")
    expect(in_its_place).not_to_contain_text("who lives above the bakery")
    peer.page.reload()
    expect(in_its_place).to_contain_text(f"Reason: {REASON}")

    second_customer.open("/moderation/mine/")
    row = second_customer.page.get_by_role("listitem").filter(has_text="Who looks after our calendar?").first
    expect(row).to_contain_text(f"upheld: {REASON}", ignore_case=True)

    moderator.open("/moderation/log/")
    entry = moderator.page.get_by_role("listitem").filter(has_text=REASON).first
    expect(entry).to_contain_text("Aoife Brannagh")
    expect(entry).to_contain_text("Who looks after our calendar?")
