"""Whoever is silenced reads why and until when, is heard by somebody else, and writes again at the minute."""

import re
from datetime import datetime, timedelta

from playwright.sync_api import expect

from tests.journeys.serving import manage

REASON = "Insults in two threads, after a warning."
APPEAL = "I quoted what was said to me."
STANDS = "The second one was no quotation."


def test_a_silence_is_read_appealed_decided_by_another_and_ends_by_itself(coming, served, customer, moderator):
    """M6"""
    thread = customer.ask("Who has moved my meetings?")
    member, other = coming("fenwick-dispatch"), coming("keeper")
    member.open(thread.address)
    expect(member.text).to_be_visible()

    moderator.open("/people/fenwick-dispatch/standing/")
    moderator.page.get_by_label("Silence: reads on").check()
    moderator.page.get_by_label("For how long").select_option("3 days")
    moderator.page.locator("#sanction-because").fill(REASON)
    moderator.page.locator("form[action$='/sanction/']").get_by_role("button", name="Decide").click()
    expect(moderator.page.locator(".late time").first).to_be_visible()

    member.page.reload()
    expect(member.page.get_by_text(f"“{REASON}”")).to_be_visible()
    expect(member.text).to_have_count(0)
    token = next(cookie["value"] for cookie in member.context.cookies() if cookie["name"] == "csrftoken")
    said = {"csrfmiddlewaretoken": token, "body": "I have.", "kind": "information"}
    assert member.context.request.post(f"/threads/{thread.number}/reply/", form=said).status == 403

    member.open("/moderation/mine/")
    member.page.get_by_role("link", name=REASON).click()
    expect(member.page.get_by_role("heading", level=1)).to_have_text("You are silenced")
    until = datetime.fromisoformat(member.page.locator(".late time").get_attribute("datetime") or "")
    assert until.second == 0
    member.page.get_by_label("Why should somebody else look at it again?").fill(APPEAL)
    member.page.get_by_role("button", name="Appeal").click()
    expect(member.page.get_by_text("Your appeal waits for somebody else than the one who decided.")).to_be_visible()

    moderator.open("/moderation/?show=appeals")
    his = moderator.page.get_by_role("article").filter(has_text=APPEAL)
    expect(his).to_contain_text("You took this decision, so somebody else decides about the appeal.")
    expect(his.get_by_role("button", name="Decide")).to_have_count(0)
    other.open("/moderation/?show=appeals")
    line = other.page.get_by_role("article").filter(has_text=APPEAL)
    line.get_by_label("The decision stands").check()
    line.get_by_label("Reason").fill(STANDS)
    line.get_by_role("button", name="Decide").click()
    expect(other.page.get_by_text(APPEAL)).to_have_count(0)

    member.page.reload()
    expect(member.page.locator("main")).to_contain_text(STANDS)
    what_runs_out_ends(at=until - timedelta(minutes=1), on=served)
    member.open(thread.address)
    expect(member.text).to_have_count(0)
    what_runs_out_ends(at=until, on=served)
    member.page.reload()
    expect(member.text).to_be_visible()
    member.reply(thread, "Sorry. It was me who moved them.")

    moderator.open("/moderation/log/?about=fenwick-dispatch")
    rows = moderator.page.get_by_role("listitem")
    for told in ("Has run out", re.compile(f"let a decision stand after an appeal.*{re.escape(STANDS)}"), REASON):
        expect(rows.filter(has_text=told)).to_have_count(1)


def what_runs_out_ends(*, at: datetime, on) -> None:
    """The worker's minute, at that minute: the forum's own clock goes on as it does."""
    minute = (
        "from datetime import datetime; from community import clock; "
        "from community.moderation.tasks import end_what_has_run_out; "
        f"clock.set_to(datetime.fromisoformat('{at.isoformat()}')); end_what_has_run_out.call()"
    )
    manage("shell", "--no-imports", "--command", minute, **on.environment)
