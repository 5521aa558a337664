"""In a tunnel: what was read can be read again, what is written is kept, and nothing is left for the next one."""

import re

import pytest
from playwright.sync_api import expect

PHONE = {"viewport": {"width": 390, "height": 800}, "has_touch": True, "is_mobile": True, "service_workers": "allow"}
KEPT = """async () => {
  const kept = {};
  for (const name of await caches.keys()) {
    const keys = await (await caches.open(name)).keys();
    kept[name.split(":")[0]] = keys.map(({ url }) => new URL(url).pathname);
  }
  return kept;
}"""


WAIT = """async ([path, isKept]) => {
  const patience = Date.now() + 20000;
  while (Boolean(await caches.match(path, { ignoreVary: true })) !== isKept) {
    if (Date.now() > patience) throw new Error(`${path}: kept is not ${isKept}`);
    await new Promise((go) => setTimeout(go, 50));
  }
}"""


def kept(person) -> dict[str, list[str]]:
    return person.page.evaluate(KEPT)


def with_worker(person) -> None:
    """The worker is there and answers for the page."""
    person.open("/threads/")
    person.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    person.page.wait_for_function("navigator.serviceWorker.controller")


def read(person, thread) -> None:
    person.open(thread.address)
    wait_until_kept(person, thread)


def wait_until_kept(person, thread, is_kept: bool = True) -> None:
    person.page.evaluate(WAIT, [thread.address, is_kept])


@pytest.fixture
def thread(customer):
    return customer.ask("Alarms ring an hour late", "It rings at eight instead of seven.")


def test_a_thread_that_was_read_is_read_again_and_says_how_old_it_is(coming, thread, customer):
    reader = coming("tallow", **PHONE)
    with_worker(reader)
    read(reader, thread)

    with reader.offline():
        reader.open(thread.address)

        expect(reader.posts.first).to_contain_text("It rings at eight instead of seven.")
        expect(reader.page.locator("[data-offline]")).to_have_text(
            re.compile(r"^You are offline since \d\d:\d\d\. This is the page as you last saw it\.$")
        )
        # It looks as it did: every file of the page is at hand.
        assert reader.page.evaluate("getComputedStyle(document.querySelector('.mast')).position") == "sticky"

        # The number alone finds it too.
        reader.open(f"/threads/{thread.number}/")
        expect(reader.page.get_by_role("heading", level=1)).to_have_text("Alarms ring an hour late")

    customer.reply(thread, "It rang at seven today.")
    reader.page.get_by_role("link", name="Load the page as it is now").click()
    expect(reader.posts.last).to_contain_text("It rang at seven today.")
    expect(reader.page.locator("[data-offline]")).to_be_hidden()


def test_the_first_page_of_all_is_kept_although_the_worker_came_later(coming, thread):
    reader = coming(**PHONE)
    read(reader, thread)

    with reader.offline():
        reader.open(thread.address)

        expect(reader.posts.first).to_contain_text("It rings at eight instead of seven.")


def test_any_other_page_says_so_and_lists_what_is_kept(coming, thread):
    reader = coming("tallow", **PHONE)
    with_worker(reader)
    read(reader, thread)

    with reader.offline():
        reader.open("/search/?q=alarm")

        expect(reader.page.get_by_role("heading", level=1)).to_contain_text("You are offline")
        reader.page.get_by_role("link", name="Alarms ring an hour late").click()
        expect(reader.posts.first).to_contain_text("It rings at eight instead of seven.")

    reader.open("/search/?q=alarm")
    expect(reader.page.get_by_role("heading", level=1)).not_to_contain_text("offline")


def test_after_the_sign_out_nothing_is_left_for_the_next_one(coming, thread):
    reader = coming(**PHONE)
    reader.sign_in("tallow")
    with_worker(reader)
    read(reader, thread)

    reader.page.get_by_label("Your menu").click()
    reader.page.get_by_role("button", name="Sign out").click()
    expect(reader.page.get_by_label("Your menu")).to_have_count(0)

    wait_until_kept(reader, thread, is_kept=False)
    with reader.offline():
        reader.open(thread.address)

        expect(reader.page.get_by_role("heading", level=1)).to_contain_text("You are offline")
        expect(reader.page.get_by_text("Nothing yet.")).to_be_visible()


def test_what_a_visitor_read_is_gone_when_somebody_signs_in(coming, thread):
    reader = coming(**PHONE)
    with_worker(reader)
    read(reader, thread)

    reader.sign_in("harbour-dental")

    wait_until_kept(reader, thread, is_kept=False)


def test_pages_of_the_team_and_of_few_are_kept_on_no_device(coming, customer, thread):
    agent = coming("desk-2", **PHONE)
    with_worker(agent)
    agent.listen(thread)
    for address in ("/desk/", "/drafts/", "/accounts/email/", "/people/settings/", "/threads/"):
        agent.open(address)

    assert set(kept(agent)) <= {"house", "files"}


def test_what_is_sent_in_a_tunnel_stays_until_it_is_sent_again(coming, customer, thread):
    peer = coming("tallow", **PHONE)
    peer.open(thread.address)
    peer.text.fill("Turn the zone off and on.")
    send = peer.page.get_by_role("button", name="Send", exact=True)

    with peer.offline():
        send.click()

        expect(peer.page.locator("[data-draft-state]")).to_contain_text("Not sent: you are offline.")
        expect(peer.text).to_have_value("Turn the zone off and on.")
        expect(send).to_be_enabled()

    expect(peer.page.locator(".toast").last).to_contain_text("What you wrote waits for you to send it.")
    expect(peer.text).to_have_value("Turn the zone off and on.")
    customer.open(thread.address)
    expect(customer.posts).to_have_count(1)

    send.click()
    expect(peer.posts.last).to_contain_text("Turn the zone off and on.")
    expect(peer.posts).to_have_count(2)


def test_with_the_worker_forms_redirects_and_downloads_go_their_way(coming, thread):
    peer = coming("tallow", **PHONE)
    with_worker(peer)
    peer.open(thread.address)
    peer.text.fill("See the picture.\n\n")
    peer.paste_picture()
    peer.page.get_by_role("button", name="Send", exact=True).click()
    expect(peer.posts).to_have_count(2)
    expect(peer.page).to_have_url(re.compile(r"#post-\d+$"))

    picture = peer.posts.last.locator("img[src^='/attachments/']")
    address = picture.get_attribute("src")
    told = peer.page.evaluate(
        """async (address) => {
          const part = await fetch(address, { headers: { Range: "bytes=0-3" } });
          return [part.status, (await part.blob()).size > 0];
        }""",
        address,
    )
    assert told[0] in (200, 206)
    assert told[1]

    peer.open(f"/threads/{thread.number}/unread/")
    expect(peer.page).to_have_url(re.compile(re.escape(thread.address)))
    peer.page.go_back()
    expect(peer.page.get_by_role("heading", level=1)).to_have_text("Alarms ring an hour late")
