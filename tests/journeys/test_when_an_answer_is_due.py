"""What is promised, seen from both sides while time passes."""

import re

from playwright.sync_api import expect

HOURS = 60 * 60 * 1000


def test_the_time_left_runs_on_the_open_page_until_it_is_late(customer):
    """S-5: waiting for us, right to the minute, for both sides."""
    customer.page.clock.install()
    thread = customer.ask("The mailbox of our reception is gone", "Since this morning nobody can open it.")
    customer.listen(thread)
    due = customer.page.locator("[data-due]")
    expect(due).to_have_text(re.compile(r"is due by .*, in 23 h 59 min\."))
    expect(due.locator("[data-late]")).to_be_hidden()

    customer.page.clock.fast_forward(2 * HOURS)
    expect(due).to_have_text(re.compile(r"in 21 h 59 min\."))

    customer.page.clock.fast_forward(22 * HOURS + 41 * 60 * 1000)
    expect(due.locator("[data-until]")).to_be_hidden()
    expect(due.locator("[data-late]")).to_be_visible()
    expect(due.locator("[data-late]")).to_have_text(re.compile(r"was due by .*: 41 min late\."))


def test_a_kind_word_leaves_the_clock_and_a_question_lets_it_rest(customer, agent):
    """S-5, U4: the first clock stops by an answer only; the asker sees when it is his turn."""
    thread = customer.ask("Which certificate does the relay want", "There are two of them on the card.")
    customer.listen(thread)
    state = customer.page.locator("[data-live-region='state']")
    expect(state).to_contain_text("An answer by support is due by")

    agent.listen(thread)
    agent.reply(thread, "Thank you for asking.", kind="acknowledgement", because="cause")
    expect(customer.posts).to_have_count(2)
    expect(state).to_contain_text("An answer by support is due by")

    agent.reply(thread, "Which card is it?", kind="question")
    expect(state).to_contain_text("Waiting for you")
    expect(state).to_contain_text("The clock rests while we wait for you.")

    customer.reply(thread, "The green one.")
    expect(agent.page.locator("[data-live-region='state']")).to_contain_text("A solution is due by")
