"""Questions asked twice are merged without losing the person, posts that drifted are split off, twelve are locked."""

import re

from playwright.sync_api import expect


def test_four_are_merged_and_one_says_that_his_is_different(coming, customer, peer, second_customer, moderator):
    """M3"""
    first = peer.ask("Calendar stops after ten minutes")
    again = [customer.ask(f"Calendar stops again {number}") for number in range(3)]
    other = second_customer.ask("Calendar stops on the phone only")
    visitor = coming()
    customer.send(f"/threads/{first.number}/follow/", on="0")
    second_customer.listen(other)

    moderator.open("/moderation/choose/?show=latest")
    for thread in (*again, other):
        moderator.page.locator(f"input[name=thread][value='{thread.number}']").check()
    moderator.page.get_by_label("Merge", exact=True).check()
    moderator.page.get_by_label("Merge: into which number").fill(str(first.number))
    moderator.page.get_by_role("button", name="Do it").click()
    expect(moderator.page.get_by_text("4 done.")).to_be_visible()

    expect(second_customer.state).to_contain_text(f"Merged into #{first.number}")
    for thread in (*again, other):
        answer = visitor.context.request.get(thread.address, max_redirects=0)
        assert answer.status == 301
        assert answer.headers["location"].endswith(f"#merged-{thread.number}")
    visitor.open(other.address)
    expect(visitor.page.get_by_text("4 more people asked the same.")).to_be_visible()

    second_customer.open(other.address)
    expect(
        second_customer.page.get_by_text("Your question Calendar stops on the phone only was merged")
    ).to_be_visible()
    second_customer.page.get_by_role("button", name="Mine is different").click()

    expect(second_customer.page.get_by_role("heading", level=1)).to_have_text("Calendar stops on the phone only")
    assert visitor.context.request.get(other.address, max_redirects=0).status == 200
    expect(second_customer.page.locator("[data-live-region=turn]")).to_contain_text("1 person")
    expect(visitor.page.get_by_text("3 more people asked the same.")).to_be_visible()


def test_posts_are_split_off_and_the_thread_locked(customer, peer, second_customer, moderator):
    """M4"""
    thread = customer.ask("Who may see my calendar?")
    for number in range(2, 7):
        peer.reply(thread, f"About seeing it, {number}.")
    moved = [second_customer.reply(thread, f"And my phone rings, {number}.") for number in (7, 8, 9)]
    peer.listen(thread)

    moderator.open(f"/threads/{thread.number}/curate/#split")
    split = moderator.page.locator("#split")
    split.get_by_text("Split …").click()
    split.get_by_label("Which posts").fill("7-9")
    split.get_by_label("Title of the new thread").fill("The phone rings")
    split.get_by_label("In which space").select_option(index=1)
    split.get_by_label("Reason").fill("Another matter.")
    split.get_by_role("button", name="Split", exact=True).click()

    new = moderator.arrived()
    assert new.number != thread.number
    expect(moderator.page.get_by_text(f"This began in #{thread.number}.")).to_be_visible()
    expect(moderator.posts).to_have_count(3)
    for pk in moved:
        expect(peer.page.locator(f"#post-{pk}")).to_contain_text(f"moved to #{new.number}")
    expect(peer.page.locator("[data-live-region=turn]")).to_contain_text(re.compile(r"Replies\s*5"))
    second_customer.open(f"/posts/{moved[1]}/")
    expect(second_customer.page.locator(f"#post-{moved[1]}")).to_contain_text("my phone rings, 8.")

    second_customer.listen(new)
    moderator.send(f"/threads/{new.number}/curate/lock/", because="The phone is mended.")
    expect(second_customer.page.locator("[data-live-region=notices]")).to_contain_text("Reason: The phone is mended.")


def test_twelve_are_locked_by_keys_alone_and_taken_back(customer, moderator):
    """M8"""
    asked = [customer.ask(f"Holiday calendar {number}") for number in range(12)]
    moderator.open("/moderation/choose/?show=latest")
    for thread in asked:
        box = moderator.page.locator(f"input[name=thread][value='{thread.number}']")
        box.focus()
        moderator.page.keyboard.press("Space")
    moderator.page.get_by_label("Lock", exact=True).focus()
    moderator.page.keyboard.press("Space")
    moderator.page.get_by_label("Reason").focus()
    moderator.page.keyboard.type("One place for all of it.")
    moderator.page.keyboard.press("Enter")

    expect(moderator.page.get_by_text("12 done.")).to_be_visible()
    customer.open(asked[3].address)
    expect(customer.page.get_by_text("One place for all of it.").first).to_be_visible()
    moderator.page.get_by_role("button", name="Take all of it back").press("Enter")

    expect(moderator.page.get_by_text("12 taken back.")).to_be_visible()
    customer.page.reload()
    expect(customer.page.locator("[data-live-region=notices]")).not_to_contain_text("Locked.")
