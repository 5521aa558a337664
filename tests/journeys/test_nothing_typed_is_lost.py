"""Whatever happens between the first key and the last press, the words are still there."""

import re

import pytest
from playwright.sync_api import expect

WORDS = "Take the second account out, then sync once."


def test_who_was_signed_out_while_writing_finds_the_words_after_signing_in(customer, peer):
    thread = customer.ask("Birthdays come twice")
    peer.open(thread.address)
    peer.text.fill(WORDS)
    peer.context.clear_cookies(name="sessionid")
    peer.expected.append("status of 403")

    peer.page.get_by_role("button", name="Send", exact=True).click()
    peer.page.locator("button[name=handle][value=tallow]").click()

    expect(peer.text).to_have_value(WORDS)
    peer.page.get_by_role("button", name="Send", exact=True).click()
    expect(peer.posts.last).to_contain_text(WORDS)


def test_a_thread_that_is_locked_while_somebody_writes_gives_the_words_back(customer, peer, moderator):
    thread = customer.ask("Birthdays come too early")
    peer.listen(thread)
    peer.text.fill(WORDS)
    peer.expected.append("status of 403")

    moderator.send(f"/threads/{thread.number}/curate/lock/", because="It goes on elsewhere.")

    expect(peer.banners).to_contain_text("This was locked: nobody can add to it.")
    expect(peer.text).to_have_value(WORDS)

    peer.text.press("Control+Enter")

    expect(peer.page.get_by_text("This thread is locked", exact=False).first).to_be_visible()
    expect(peer.page.get_by_label("What you wrote")).to_have_value(WORDS)


def test_two_presses_send_once_and_the_way_back_sends_nothing_again(customer, peer):
    thread = customer.ask("Birthdays come a day late")
    peer.listen(thread)
    peer.text.fill(WORDS)

    peer.page.get_by_role("button", name="Send", exact=True).dblclick()

    expect(peer.page).to_have_url(re.compile(r"#post-\d+$"))
    expect(peer.posts).to_have_count(2)
    customer.open(thread.address)
    expect(customer.posts).to_have_count(2)

    peer.page.go_back()
    expect(peer.page.get_by_role("heading", level=1)).to_be_visible()
    peer.open(thread.address)
    expect(peer.text).to_have_value("")
    expect(peer.posts).to_have_count(2)


def test_two_who_edit_one_post_do_not_undo_each_other(coming, customer):
    thread = customer.ask("Birthdays come with the wrong name", "The first words.")
    customer.open(thread.address)
    post = customer.posts.first.get_attribute("data-post")
    desktop, phone = coming("fenwick-it"), coming("fenwick-it")
    for device in (desktop, phone):
        device.open(f"/posts/{post}/edit/")
    desktop.expected.append("status of 409")

    phone.text.fill("The words from the phone.")
    phone.page.get_by_role("button", name="Save").click()
    phone.arrived()
    desktop.text.fill("The words from the desktop.")
    desktop.page.get_by_role("button", name="Save").click()

    expect(desktop.text).to_have_value("The words from the desktop.")
    expect(desktop.page.get_by_text("The words from the phone.").first).to_be_visible()
    phone.open(thread.address)
    expect(phone.posts.first).to_contain_text("The words from the phone.")


@pytest.mark.parametrize("status", [429, 413])
def test_whoever_answers_instead_of_us_cannot_take_the_words_away(customer, peer, status):
    thread = customer.ask("Birthdays come without a name")
    peer.open(thread.address)
    peer.text.fill(WORDS)
    peer.expected.append(f"status of {status}")
    away = {"status": status, "content_type": "text/html", "body": "<title>Away</title><h1>Come back later.</h1>"}
    peer.page.route("**/reply/", lambda route: route.fulfill(**away))

    peer.page.get_by_role("button", name="Send", exact=True).click()
    expect(peer.page.get_by_role("heading")).to_have_text("Come back later.")
    peer.page.unroute("**/reply/")
    peer.open(thread.address)

    expect(peer.text).to_have_value(WORDS)
    peer.page.get_by_role("button", name="Send", exact=True).click()
    expect(peer.posts.last).to_contain_text(WORDS)


def test_what_is_written_in_a_tunnel_is_there_after_the_browser_was_closed(customer, peer):
    thread = customer.ask("Birthdays come with a wrong name")
    peer.listen(thread)
    with peer.offline():
        peer.text.fill(WORDS)
        expect(peer.page.locator("[data-draft-state]")).to_contain_text("Kept on this device")
        peer.page.close()

    peer.page = peer.context.new_page()
    peer.open(thread.address)

    expect(peer.text).to_have_value(WORDS)
