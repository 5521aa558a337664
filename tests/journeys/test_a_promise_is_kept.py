"""C6, A-2: a deadline is heard before the queue would get to it, and whoever calls sees who came."""

import re
from datetime import UTC, datetime, timedelta

from playwright.sync_api import expect

# One day for the whole journey, also where midnight comes in the middle of it.
TOMORROW = datetime.now(UTC) + timedelta(days=1)


def tomorrow(at: str) -> str:
    """As a field for day and time takes it; browsers here stand in UTC."""
    return f"{TOMORROW:%Y-%m-%d}T{at}"


def test_a_deadline_before_our_word_is_decided_promised_and_kept(customer, agent):
    page, state = customer.page, customer.page.locator("[data-live-region='state']")
    customer.open("/ask/")
    page.get_by_label("Space", exact=True).select_option(label="Calendar")
    page.get_by_label("In one sentence").fill("All our installations are used up")
    customer.text.fill("The demonstration is tomorrow at half past nine.")
    expect(page.get_by_label("By when you need it")).to_be_hidden()
    page.get_by_text("I have a deadline").click()
    page.get_by_label("By when you need it").fill(tomorrow("23:30"))
    page.get_by_label("What happens if it is not there by then").fill("We lose the customer we show it to.")
    expect(page.locator("[data-draft-state]")).to_contain_text(re.compile(r"\d\d:\d\d"))
    page.reload()
    expect(page.get_by_label("By when you need it")).to_have_value(tomorrow("23:30"))
    page.get_by_role("button", name="Send question").click()
    thread = customer.arrived()
    expect(page.get_by_role("status").filter(has_text="A person decides within the hour.")).to_be_visible()
    expect(page.locator("[data-live-on]")).to_be_attached()
    expect(state).to_contain_text("You need it by")
    customer.page.wait_for_load_state()

    agent.open("/desk/")
    row = agent.page.locator("li", has=agent.page.get_by_role("link", name="All our installations are used up"))
    expect(row).to_contain_text("who asks is shown once it is decided")
    expect(row).not_to_contain_text("Marit")
    agent.listen(thread)
    agent.page.get_by_role("link", name="Promise", exact=True).click()
    agent.page.get_by_label("What you promise").fill("Keys for two machines")
    agent.page.get_by_label("Not before").fill(tomorrow("07:00"))
    agent.page.get_by_label("By", exact=True).fill(tomorrow("07:30"))
    agent.page.get_by_label("Why it takes time").select_option("on_site")
    agent.page.get_by_role("button", name="Promise it").click()

    expect(state).to_contain_text("Keys for two machines")
    expect(state).to_contain_text(re.compile(r"07:00 to 07:30"))
    expect(state.get_by_role("button", name="It has come")).to_be_visible()

    agent.page.get_by_role("link", name="Offer more").click()
    agent.page.get_by_label("What you offer").fill("I can drive in tonight")
    agent.page.get_by_role("button", name="Offer it").click()
    expect(state).to_contain_text("I can drive in tonight")
    state.get_by_role("button", name="What was promised is enough").click()
    expect(state).not_to_contain_text("I can drive in tonight")

    agent.open(thread.address)
    agent.page.get_by_role("button", name="What was promised is done").click()
    expect(state).to_contain_text("says that it is done")
    state.get_by_role("button", name="It has come").click()
    expect(state).to_contain_text("The promise was kept")
    agent.open("/desk/promises/?show=kept")
    expect(agent.page.get_by_role("link", name="Keys for two machines")).to_be_visible()


def test_whoever_calls_the_account_manager_sees_who_has_it(customer, coming):
    manager = coming("halla")
    manager.open("/inbox/")
    customer.open("/organisations/fenwick-freight/escalate/")
    customer.page.get_by_label("What it is about").fill("Nobody has written since Monday.")
    customer.page.get_by_role("button", name="Call them").click()
    expect(customer.page.locator(".house")).to_contain_text("Nobody has taken it yet")

    manager.open("/inbox/")
    manager.page.get_by_role("link", name="Nobody has written since Monday.").click()
    manager.page.get_by_role("button", name="I look after it").click()

    customer.page.reload()
    expect(customer.page.locator(".house")).to_contain_text("Halla Brekke looks after it")
