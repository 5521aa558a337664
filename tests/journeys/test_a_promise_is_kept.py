"""C6, A-2: a deadline is heard before the queue would get to it, and whoever calls sees who came."""

import re
from datetime import UTC, datetime, timedelta

from playwright.sync_api import expect


def tomorrow(at: str) -> str:
    """As a field for day and time takes it; browsers here stand in UTC."""
    return f"{datetime.now(UTC) + timedelta(days=1):%Y-%m-%d}T{at}"


def test_a_deadline_before_our_word_is_decided_promised_and_kept(customer, agent):
    thread = customer.ask("All our installations are used up", "The demonstration is tomorrow at half past nine.")
    customer.listen(thread)
    state = customer.page.locator("[data-live-region='state']")
    customer.page.get_by_role("link", name="Needed by a certain time? Say so").click()
    customer.page.get_by_label("By when you need it").fill(tomorrow("23:30"))
    customer.page.get_by_label("What happens if it is not there by then").fill("We lose the customer we show it to.")
    customer.page.get_by_role("button", name="Say so").click()
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
