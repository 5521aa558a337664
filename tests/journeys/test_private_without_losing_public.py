"""S-8: what few should read is said apart; what was asked in public stays there."""

from playwright.sync_api import expect


def test_a_serial_number_is_told_in_private_and_the_public_thread_says_only_that(customer, agent, visitor):
    thread = customer.ask("The gate takes no key of the new series", "It worked with the old ones.")
    agent.open(thread.address)
    agent.page.get_by_role("link", name="Talk in private").click()
    agent.page.locator("textarea[name=body]").fill("Which serial number does the gate show?")
    agent.page.get_by_role("button", name="Begin in private").click()
    private = agent.arrived()

    customer.open(private.address)
    customer.text.fill("It is ZEBRAFINCH-4711.")
    customer.text.press("Control+Enter")
    expect(customer.posts.last).to_contain_text("ZEBRAFINCH-4711")
    agent.open(private.address)
    expect(agent.posts.last).to_contain_text("ZEBRAFINCH-4711")

    visitor.open(thread.address)
    expect(visitor.page.locator("main")).to_contain_text("Support and the asker talk about this in private.")
    expect(visitor.page.locator("main")).not_to_contain_text("ZEBRAFINCH")
    visitor.open("/search/?q=zebrafinch")
    expect(visitor.page.locator("main")).not_to_contain_text("4711")
    assert visitor.context.request.get(private.address).status == 404
