"""While one writes, others answer: who sees it come is not held up, who could not see it is shown it first."""

import re

from playwright.sync_api import expect


def press_send(person) -> None:
    person.page.get_by_role("button", name="Send", exact=True).click()


def test_what_came_unseen_is_shown_once_before_the_reply_goes_out(coming, customer):
    thread = customer.ask("The clock in the corner is slow")
    peer = coming("tallow", java_script_enabled=False)
    peer.expected.append("status of 409")
    peer.open(thread.address)
    customer.reply(thread, "It is five minutes by now.")
    peer.text.fill("Set it by hand.")
    press_send(peer)

    expect(peer.page.get_by_text("1 reply came while you wrote.")).to_be_visible()
    expect(peer.page.locator("article")).to_contain_text("It is five minutes by now.")
    expect(peer.text).to_have_value("Set it by hand.")

    press_send(peer)
    peer.arrived()
    expect(peer.posts.last).to_contain_text("Set it by hand.")
    expect(peer.posts).to_have_count(3)


def test_what_was_seen_to_come_holds_nothing_up(customer, peer):
    thread = customer.ask("The clock in the corner is fast")
    peer.listen(thread)
    peer.text.fill("Set it by hand.")
    customer.reply(thread, "It is ten minutes by now.")
    expect(peer.posts).to_have_count(2)

    press_send(peer)

    expect(peer.page).to_have_url(re.compile(r"#post-\d+$"))
    expect(peer.posts.last).to_contain_text("Set it by hand.")


def test_a_number_is_completed_by_words_of_the_title(customer, peer):
    other = customer.ask("The clock in the hall has stopped")
    thread = customer.ask("The clock in the corner has stopped")
    peer.listen(thread)
    peer.write_down_announcements()

    peer.text.press_sequentially("Same as #clock hall")
    offered = peer.page.get_by_role("option", name=f"#{other.number}")
    expect(offered).to_contain_text("The clock in the hall has stopped")
    expect(peer.text).to_have_attribute("aria-activedescendant", offered.get_attribute("id") or "")
    assert any(said.startswith("Questions: ") for said in peer.announcements())
    peer.text.press("Enter")

    expect(peer.text).to_have_value(f"Same as #{other.number} ")


def test_support_puts_a_ready_reply_into_the_text_by_a_stroke(customer, agent):
    agent.open("/desk/replies/new/")
    agent.page.get_by_label("Name").fill("Yard clock")
    agent.page.get_by_label("Words").fill("Hello {{ asker }}, which version is it?")
    agent.page.get_by_role("button", name="Save").click()
    expect(agent.page.get_by_role("heading", name="Yard clock")).to_be_visible()

    thread = customer.ask("The clock in the yard is silent")
    agent.listen(thread)
    agent.text.press_sequentially("/yar")
    expect(agent.page.get_by_role("option", name="Yard clock")).to_have_attribute("aria-selected", "true")
    agent.text.press("Enter")

    expect(agent.text).to_have_value("Hello Marit Aune, which version is it?")
    agent.text.fill("")
    agent.page.get_by_role("button", name="Ready reply").click()
    expect(agent.page.get_by_role("option", name="Yard clock")).to_be_visible()
