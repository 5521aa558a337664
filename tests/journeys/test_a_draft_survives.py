"""What somebody has begun to write outlives the browser."""

import re

from playwright.sync_api import expect

from tests.journeys.people import shows_picture

WORDS = " ".join(f"The {n}th meeting of the week stands in the calendar of the day before." for n in range(4, 20))
PHONE = {"viewport": {"width": 390, "height": 800}, "has_touch": True, "is_mobile": True}


def test_a_question_with_a_picture_waits_on_another_device_and_is_gone_once_sent(coming):
    """C2"""
    desktop = coming("fenwick-it")
    desktop.open("/ask/")
    desktop.page.get_by_label("In one sentence").fill("Meetings stand on the wrong day")
    desktop.page.get_by_label("Space", exact=True).select_option(label="Calendar")
    desktop.text.fill(f"{WORDS}\n\n")
    desktop.paste_picture()
    desktop.text.press("Control+End")
    with desktop.saves_a_draft_of("This is the last sentence."):
        desktop.text.press_sequentially("This is the last sentence.")
    kept = desktop.text.input_value()
    expect(desktop.page.locator("[data-draft-state]")).to_contain_text("Draft saved")
    left_behind = desktop.context.storage_state()
    desktop.context.close()

    phone = coming("fenwick-it", **PHONE)
    phone.open("/ask/")

    expect(phone.page.get_by_text("You began this")).to_be_visible()
    expect(phone.page.get_by_label("In one sentence")).to_have_value("Meetings stand on the wrong day")
    expect(phone.text).to_have_value(kept)

    phone.page.get_by_role("button", name="Preview").click()
    assert shows_picture(phone.page.get_by_label("Preview").get_by_role("img"))

    phone.page.get_by_role("button", name="Send question").click()
    phone.arrived()

    expect(phone.posts.first).to_contain_text("This is the last sentence.")
    assert shows_picture(phone.posts.first.locator("img[src^='/attachments/']"))

    phone.open("/drafts/")
    expect(phone.page.get_by_text("Nothing begun, nothing lost.")).to_be_visible()
    for device in (phone, coming(storage_state=left_behind)):
        device.open("/ask/")
        expect(device.text).to_have_value("")
        expect(device.page.get_by_text("You began this")).to_have_count(0)


def test_a_reply_that_was_never_sent_waits_in_its_thread(coming):
    """C2, for a reply: the browser is closed at once, in the middle of a sentence."""
    asker = coming("harbour-dental")
    thread = asker.ask("One phone shows no meetings")
    desktop = coming("tallow")
    desktop.open(thread.address)
    desktop.text.press_sequentially("Look whether the phone shows the ")
    desktop.page.close(run_before_unload=True)

    phone = coming("tallow", **PHONE)
    phone.open("/drafts/")
    begun = phone.page.get_by_role("article").filter(has_text="One phone shows no meetings")
    # What a closing browser sends last may arrive after it is gone.
    for _ in range(40):
        if begun.count():
            break
        phone.page.wait_for_timeout(250)
        phone.page.reload()
    begun.get_by_role("link").click()

    expect(phone.text).to_have_value("Look whether the phone shows the ")
    expect(phone.page.get_by_text("You began this")).to_be_visible()

    # The address ends with #reply: until the page has loaded, the browser may still take the focus there.
    phone.page.wait_for_load_state()
    phone.text.press("Control+End")
    phone.text.press_sequentially("calendar at all.")
    phone.page.get_by_role("button", name="Send", exact=True).click()

    expect(phone.posts.last).to_contain_text("Look whether the phone shows the calendar at all.")
    expect(phone.page).to_have_url(re.compile(r"#post-\d+$"))
    phone.open("/drafts/")
    expect(phone.page.get_by_text("One phone shows no meetings")).to_have_count(0)
