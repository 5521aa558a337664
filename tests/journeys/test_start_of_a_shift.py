"""S-1, S-5 and S-8 at the desk: what breaks next, taken by keys, handed over with a note, talked about in private."""

import re

from playwright.sync_api import expect

TITLE = "The scanner at the gate sends nothing"
LINE = "Support and the asker talk about this in private."


def test_a_shift_from_the_first_look_to_the_hand_over(customer, agent, coming):
    colleague = coming("halla")
    agent.open("/desk/")
    desk = agent.page
    tabs = desk.get_by_role("navigation", name="Queues")
    ours = tabs.get_by_role("link", name=re.compile(r"^All ours \d+$"))
    before = int(ours.inner_text().split()[-1])
    rows = desk.locator("[data-item]")
    expect(rows).to_have_count(min(before, 30))
    first = rows.first.get_attribute("data-item")

    # What comes in is announced above; nothing moves under the hand.
    thread = customer.ask(TITLE, "Since the rebuild.")
    news = desk.locator("[data-live-list] a")
    expect(news).to_have_text("1 new: show", timeout=20_000)
    expect(rows).to_have_count(min(before, 30))
    assert rows.first.get_attribute("data-item") == first
    news.click()
    expect(ours).to_have_text(f"All ours {before + 1}")

    # Taken with the keys alone.
    agent.open("/desk/?show=unanswered")
    mine = desk.locator(f"[data-item='{thread.number}']")
    # What other journeys have left unanswered may fill the pages before it.
    while not mine.count():
        with desk.expect_navigation():
            desk.locator("a[rel=next]").click()
    for _row in range(rows.count()):
        desk.keyboard.press("j")
        if mine.evaluate("(row) => row === document.activeElement"):
            break
    expect(mine).to_be_focused()
    desk.keyboard.press("a")
    expect(desk.get_by_text("You have it in hand.")).to_be_visible()
    agent.open("/desk/?show=mine")
    desk.keyboard.press("j")
    while not mine.evaluate("(row) => row === document.activeElement"):
        desk.keyboard.press("j")
    desk.keyboard.press("o")
    desk.wait_for_url(f"**{thread.address}")

    # Whoever begins to write has it for ten minutes, and the colleague reads so.
    agent.text.press_sequentially("Which firmware")
    expect(desk.get_by_text("It is yours to write in for ten minutes.")).to_be_visible()
    colleague.open(thread.address)
    expect(colleague.page.locator(".staff-only")).to_contain_text("Is writing")
    agent.text.fill("")

    # Handed over with a note, which the colleague finds with her notice and the asker never reads.
    desk.get_by_role("link", name="Hand over or put aside").click()
    value = desk.locator("select[name=hand] option", has_text=re.compile("halla|manager", re.IGNORECASE)).first
    desk.get_by_label("To whom").select_option(value=value.get_attribute("value"))
    desk.get_by_label("Note").fill("I am off at noon; the firmware is not known yet.")
    desk.get_by_role("button", name="Hand over").click()
    expect(desk.get_by_text("It is in other hands now.")).to_be_visible()
    colleague.open("/desk/?show=mine")
    expect(colleague.page.locator(f"[data-item='{thread.number}']")).to_contain_text("you")
    colleague.open(thread.address)
    expect(colleague.page.get_by_text("I am off at noon")).to_be_visible()

    # In private: the public thread keeps one line, and the asker alone the way there.
    colleague.page.get_by_role("link", name="Talk in private").click()
    colleague.page.get_by_label("What you ask in private").fill("What is its serial number?")
    colleague.page.get_by_role("button", name="Begin in private").click()
    private = colleague.arrived()
    assert private.number != thread.number
    customer.open(thread.address)
    expect(customer.page.get_by_text(LINE)).to_be_visible()
    assert "I am off at noon" not in customer.page.content()
    customer.page.get_by_role("link", name="The private side talk about this").click()
    expect(customer.state).to_contain_text("asks: What is its serial number?")
    stranger = coming()
    stranger.open(thread.address)
    expect(stranger.page.get_by_text(LINE)).to_be_visible()
    assert f"/threads/{private.number}/" not in stranger.page.content()
