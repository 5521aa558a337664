"""A peer answers as carefully as in a letter."""

import re

from playwright.sync_api import expect

from tests.journeys.people import shows_picture

SELECT = """(paragraph, words) => {
  const node = paragraph.firstChild;
  const start = node.textContent.indexOf(words);
  getSelection().setBaseAndExtent(node, start, node, start + words.length);
}"""


def test_a_peer_quotes_mentions_shows_code_and_a_picture_and_chooses_the_kind_by_a_key(customer, peer, agent):
    """P2"""
    thread = customer.ask("The room is booked twice", "The room is booked twice. It began on Monday. What now?")
    peer.listen(thread)
    agent.listen(thread)

    agent.text.press_sequentially("I am looking")

    expect(peer.page.locator("[data-presence]")).to_have_text("Mail desk, agent 2, support, is replying")

    question = peer.posts.first
    question.locator(".text p").evaluate(SELECT, "It began on Monday.")
    question.get_by_role("link", name="Quote").click()
    expect(peer.text).to_have_value(re.compile(r"^> \[Marit Aune\]\(/posts/\d+/\)\n> It began on Monday\.\n\n$"))

    peer.text.press_sequentially("@fenwick-i")
    expect(peer.page.get_by_role("listbox", name="People").get_by_role("option")).to_have_text("@fenwick-it Marit Aune")
    peer.text.press("Enter")
    peer.text.press_sequentially("free the room by hand:")
    peer.text.press("Enter")
    peer.text.press("Enter")
    peer.page.keyboard.insert_text("```console\nrelay room free --name cellar\n```\n\n")
    peer.paste_picture()

    kind = peer.page.get_by_label("Kind")
    expect(kind).to_have_value("solution")
    peer.text.press("Alt+k")
    expect(kind).to_have_value("workaround")
    expect(peer.page.get_by_text("a solution is still owed")).to_be_visible()

    peer.text.press("Control+Enter")

    reply = peer.posts.nth(1)
    expect(reply.locator(".kind")).to_have_text("Workaround")
    expect(reply.locator("blockquote")).to_contain_text("It began on Monday.")
    expect(reply.locator("blockquote")).not_to_contain_text("What now?")
    expect(reply.get_by_role("link", name="@fenwick-it")).to_have_attribute("href", "/people/fenwick-it/")
    expect(reply.locator("pre code")).to_contain_text("relay room free --name cellar")
    assert shows_picture(reply.locator("img[src^='/attachments/']"))
    expect(peer.state).to_contain_text("A workaround is known; a solution is owed")

    reply.locator("blockquote").get_by_role("link", name="Marit Aune").click()

    expect(peer.posts.first).to_be_focused()
    expect(peer.posts.first).to_be_in_viewport()
    # The agent's page was open all the time and has lost nothing of what was being written on it.
    expect(agent.posts).to_have_count(2)
    expect(agent.text).to_have_value("I am looking")
