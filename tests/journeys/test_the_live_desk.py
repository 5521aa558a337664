"""A customer presses, waits and is written to by a person, while an agent sees the line, takes the call and writes."""

import re

from playwright.sync_api import expect


def test_from_the_press_to_the_first_words_and_the_figure_they_make(customer, agent):
    """S1: place in line and who is there are shown, the seconds of a person are measured, nobody reloads a page."""
    agent.open("/desk/line/")
    expect(agent.page.get_by_text("Nobody waits for a person.")).to_be_visible()
    answered = agent.page.get_by_role("link", name=re.compile(r"^\d+$")).nth(1)
    before = int(answered.inner_text())

    customer.open("/organisations/fenwick-freight/")
    expect(customer.page.get_by_text(re.compile("(person is|people are) on shift"))).to_be_visible()
    customer.page.get_by_role("link", name="Talk to a person now").click()
    customer.page.get_by_label("What is it about?").fill("Hall 2 stands still")
    customer.page.get_by_label("Space").select_option(index=1)
    customer.page.get_by_role("button", name="Talk to a person now").click()
    expect(customer.page.get_by_role("heading", name="Hall 2 stands still")).to_be_visible()
    expect(customer.page.get_by_text("You are first in line.")).to_be_visible()
    expect(customer.page.locator("time[data-ticks]")).to_have_text(re.compile(r"0:(0[2-9]|[1-5]\d)"))

    row = agent.page.get_by_role("listitem").filter(has_text="Hall 2 stands still").first
    expect(row).to_contain_text("Marit Aune")
    row.get_by_role("button", name="Take it").click()
    expect(customer.page.get_by_text("has your call and writes to you.")).to_be_visible()
    agent.reply(agent.arrived(), "I am here. What stands on the scanner?")

    expect(customer.page.get_by_text("I am here. What stands on the scanner?")).to_be_visible()
    expect(customer.page.get_by_role("button", name="Leave the line")).to_have_count(0)
    agent.open("/desk/line/?show=answered")
    expect(answered).to_have_text(str(before + 1))
    measured = agent.page.get_by_role("listitem").filter(has_text="Hall 2 stands still").first
    expect(measured.locator(".turn b")).to_have_text(re.compile(r"^[0-4]:\d\d$"))
    expect(measured).to_contain_text("answered")
