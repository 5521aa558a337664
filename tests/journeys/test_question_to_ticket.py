"""The forum's main job from end to end: ask, answer, accept, curate, answer officially, link a ticket."""

import re

from playwright.sync_api import expect

TITLE = "Invitations arrive without their time zone"
TICKET = "R-4711"


def test_a_question_is_answered_accepted_curated_and_tied_to_a_ticket(customer, peer, moderator, agent, visitor):
    customer.open("/")
    customer.page.get_by_role("banner").get_by_role("link", name="Ask", exact=True).click()
    customer.page.get_by_label("Space", exact=True).select_option(label="Mail")
    customer.page.get_by_label("Product").select_option(label="Relay Mail")
    customer.page.get_by_label("Version").select_option(label="7.2")
    customer.page.get_by_label("In one sentence").fill(TITLE)
    customer.text.fill("An invitation from Lisbon stands an hour too early in Berlin.")
    customer.page.get_by_role("button", name="Send question").click()
    thread = customer.arrived()

    expect(customer.page.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(customer.state).to_contain_text("Waiting for us")
    customer.listen(thread)
    visitor.listen(thread)

    # The peer finds it among those that nobody has answered, and answers.
    peer.open("/threads/?show=unanswered")
    peer.page.get_by_role("link", name=TITLE).click()
    peer.text.fill("1. Open *Settings*, *Calendar*.\n2. Press **Send with time zone**.")
    expect(peer.page.get_by_label("Kind")).to_have_value("solution")
    peer.page.get_by_role("button", name="Send", exact=True).click()
    expect(peer.posts).to_have_count(2)

    # The asker sees it arrive and is asked; so accepting takes one press.
    expect(customer.posts).to_have_count(2)
    expect(customer.posts.last).to_contain_text("Send with time zone")
    expect(customer.state).to_contain_text("Did this solve it?")
    customer.state.get_by_role("button", name="Yes").click()

    expect(customer.state).to_contain_text("Confirmed by the asker on 7.2")
    expect(customer.page.locator("#best")).to_contain_text("Send with time zone")
    for reader in (peer, visitor):
        expect(reader.state).to_contain_text("Confirmed by the asker on 7.2")
        expect(reader.page.locator("#best")).to_contain_text("Send with time zone")
        expect(reader.banners).to_contain_text("A solution is confirmed: it works.")

    # The moderator puts it where it belongs and where it is seen.
    moderator.open(thread.address)
    moderator.page.get_by_role("link", name="Decide", exact=True).click()
    moderator.page.get_by_text("Move …").click()
    moderator.page.get_by_label("To which space").select_option(label="Calendar")
    moderator.page.get_by_role("button", name="Move").click()
    expect(moderator.page.locator(".crumb").first).to_contain_text("Calendar")
    moderator.page.get_by_role("link", name="Decide", exact=True).click()
    moderator.page.get_by_role("button", name="Pin", exact=True).click()
    moderator.page.wait_for_url(re.compile(thread.address))
    visitor.open("/spaces/calendar/")
    first = visitor.page.locator("[data-thread]").first
    expect(first).to_contain_text(TITLE)
    expect(first.get_by_label("Pinned")).to_be_visible()

    # The agent answers for support; whoever has the page open is told.
    customer.listen(thread)
    visitor.listen(thread)
    agent.listen(thread)
    agent.text.fill("1. Update to 7.2.4.\n2. Invitations carry their time zone again.")
    agent.page.get_by_role("button", name="Send", exact=True).click()
    expect(agent.posts.filter(has_text="7.2.4")).to_have_class(re.compile("official"))
    for reader in (customer, peer, visitor):
        expect(reader.banners.filter(has_text="Support has answered.")).to_be_visible()
        expect(reader.page.get_by_text("Update to 7.2.4.")).to_be_visible()
        # What the peer proposed stays there to be read.
        expect(reader.page.get_by_text("Send with time zone").first).to_be_visible()

    # The ticket: a number for the team, a word for everybody else.
    agent.page.get_by_role("link", name="Link a ticket").click()
    agent.page.get_by_label("Ticket number").fill(TICKET)
    agent.page.get_by_label("Address of the ticket").fill("https://desk.example/R-4711")
    agent.page.get_by_role("button", name="Link the ticket").click()
    expect(agent.page.get_by_label("About this thread").get_by_role("link", name=TICKET)).to_be_visible()
    agent.open("/desk/tickets/")
    expect(agent.page.locator("ol.rows")).to_contain_text(TITLE)

    expect(customer.page.get_by_label("About this thread")).to_contain_text("With support")
    for reader in (customer, visitor):
        reader.open(thread.address)
        expect(reader.page.get_by_label("About this thread")).to_contain_text("With support")
        assert TICKET not in reader.page.content()


def test_a_ticket_is_made_of_a_thread_without_who_asked_and_the_asker_reads_with_support(customer, agent):
    """S-2: fields filled, private data left out; a number for the team, a word for everybody else."""
    thread = customer.ask("The scanner forgets its key overnight", "Write to marit@example.com if you need the log.")
    customer.listen(thread)
    agent.listen(thread)

    agent.page.get_by_role("link", name="Make a ticket").click()
    expect(agent.page.get_by_label("In one line")).to_have_value("The scanner forgets its key overnight")
    text = agent.page.get_by_label("Text of the ticket")
    expect(text).to_have_value(re.compile("if you need the log"))
    expect(text).not_to_have_value(re.compile("marit", re.IGNORECASE))
    agent.page.get_by_role("button", name="Make the ticket").click()

    expect(agent.page.get_by_text("The ticket is being made.")).to_be_visible()
    beside = agent.page.get_by_label("About this thread")
    expect(beside).to_contain_text("Ticket desk")
    expect(customer.page.get_by_label("About this thread")).to_contain_text("With support")
    assert "Ticket desk" not in customer.page.get_by_label("About this thread").inner_text()
