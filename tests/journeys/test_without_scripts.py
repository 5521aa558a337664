"""Asking, answering and accepting are plain forms for whoever has no scripts."""

import re

from playwright.sync_api import expect

UNSCRIPTED = {"java_script_enabled": False}


def test_a_question_is_asked_answered_and_accepted_by_plain_forms(coming):
    customer, peer = coming("fenwick-it", **UNSCRIPTED), coming("tallow", **UNSCRIPTED)
    customer.expected.append("status of 422")
    customer.open("/ask/")
    customer.page.get_by_label("In one sentence").fill("The reminder comes an hour late")
    customer.text.fill("Every reminder comes **an hour** late.")
    customer.page.get_by_role("button", name="Send question").click()

    # The space was forgotten: it is said, and nothing that was typed is gone.
    expect(customer.page.get_by_text("Choose where it belongs.").first).to_be_visible()
    expect(customer.text).to_have_value("Every reminder comes **an hour** late.")

    customer.page.get_by_label("Space", exact=True).select_option(label="Calendar")
    customer.page.get_by_role("button", name="Preview").click()
    expect(customer.page.locator("strong", has_text="an hour")).to_be_visible()
    customer.page.get_by_role("button", name="Keep as draft").click()
    customer.open("/ask/")
    expect(customer.page.get_by_text("You began this")).to_be_visible()
    customer.page.get_by_role("button", name="Send question").click()
    thread = customer.arrived()
    expect(customer.state).to_contain_text("Waiting for us")

    peer.open(thread.address)
    peer.posts.first.get_by_role("link", name="Quote").click()
    expect(peer.text).to_have_value(re.compile(r"^> \[Marit Aune\]"))
    peer.text.fill(f"{peer.text.input_value()}Set the clock of the phone.")
    peer.page.get_by_label("Kind").select_option("solution")
    peer.page.get_by_role("button", name="Send", exact=True).click()
    peer.arrived()
    expect(peer.posts.last).to_contain_text("Set the clock of the phone.")

    customer.open(thread.address)
    expect(customer.state).to_contain_text("Did this solve it?")
    customer.state.get_by_role("button", name="Yes").click()
    expect(customer.state).to_contain_text("Confirmed by the asker")
    expect(customer.page.locator("#best")).to_contain_text("Set the clock of the phone.")

    # The menu of a post is a page of its own.
    customer.page.locator("#best").get_by_label("More about this solution").click()
    expect(customer.page.get_by_role("heading", name="You can")).to_be_visible()
