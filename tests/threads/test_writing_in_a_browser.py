"""What happens under the hands of somebody who writes, in a real browser against a real server."""

import re

import pytest
from asgiref.sync import sync_to_async

from community.threads.models import Draft, Post
from tests import make
from tests.browsers import CHROMIUM, NOT_FOUND, QUIET
from tests.live.browsing import Person
from tests.server import Server

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.journey,
    pytest.mark.heavy,
    pytest.mark.skipif(not CHROMIUM, reason=NOT_FOUND),
]

CARRY = """(field, [kind, name, type, size]) => {
  const bytes = new Uint8Array(size).fill(97);
  const carried = new DataTransfer();
  carried.items.add(new File([bytes], name, { type }));
  const event = kind === "paste"
    ? new ClipboardEvent("paste", { clipboardData: carried, bubbles: true, cancelable: true })
    : new DragEvent("drop", { dataTransfer: carried, bubbles: true, cancelable: true });
  field.dispatchEvent(event);
}"""


@pytest.fixture(scope="module")
def server(django_db_setup, django_db_blocker, tmp_path_factory):
    one = Server(tmp_path_factory.mktemp("server"), "--web-only")
    with django_db_blocker.unblock():
        one.start()
    yield one
    one.stop()


@pytest.fixture
async def browser():
    from playwright.async_api import async_playwright, expect

    expect.set_options(timeout=15_000)
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield chromium
        await chromium.close()


@pytest.fixture
def shows():
    from playwright.async_api import expect

    return expect


@pytest.fixture
async def thread():
    return await sync_to_async(lambda: make.thread(by=make.member("fenwick"), body="It **beeps**.\n\nAll day long."))()


@pytest.fixture
async def writer(server, browser, thread):
    """A peer with the thread open, ready to write."""
    person = await Person.come(browser, server, await sync_to_async(make.member)("tallow"))
    await person.open(thread.get_absolute_url())
    person.text = person.page.locator("textarea[name=body]")
    await person.text.focus()
    return person


async def test_the_bar_is_one_stop_and_arrows_move_in_it(writer, shows):
    keys = writer.page.keyboard

    await writer.text.fill("loud")
    await keys.press("Control+a")
    await keys.press("Shift+Tab")
    await shows(writer.page.get_by_role("button", name="Picture or file")).to_be_focused()
    await keys.press("ArrowLeft")
    await shows(writer.page.get_by_role("button", name="Mention somebody")).to_be_focused()
    await keys.press("Home")
    await keys.press("ArrowRight")
    await keys.press("Enter")

    await shows(writer.text).to_have_value("**loud**")
    await shows(writer.text).to_be_focused()


async def test_formats_go_in_and_out_and_can_be_undone(writer, shows):
    keys = writer.page.keyboard
    await keys.type("word")
    await keys.press("Control+a")

    await keys.press("Control+i")
    await shows(writer.text).to_have_value("*word*")
    await keys.press("Control+a")
    await keys.press("Control+i")
    await shows(writer.text).to_have_value("word")
    await keys.press("Control+z")
    await shows(writer.text).to_have_value("*word*")


async def test_a_list_goes_on_by_itself_and_a_second_enter_ends_it(writer, shows):
    await writer.page.keyboard.type("1. Open\nClose\n\nDone")

    await shows(writer.text).to_have_value("1. Open\n2. Close\n\nDone")


async def test_several_lines_become_a_list_or_a_block_of_code(writer, shows):
    await writer.text.fill("one\ntwo")
    await writer.page.keyboard.press("Control+a")
    await writer.page.get_by_role("button", name="Steps").click()
    await shows(writer.text).to_have_value("1. one\n2. two")

    await writer.text.fill("one\ntwo")
    await writer.page.keyboard.press("Control+a")
    await writer.page.keyboard.press("Control+e")
    await shows(writer.text).to_have_value(re.compile(r"^```\none\ntwo\n```"))


async def test_people_are_offered_and_taken_by_keys(writer, shows):
    keys = writer.page.keyboard
    await keys.type("Dear @fe")
    offered = writer.page.get_by_role("option", name=re.compile("@fenwick"))
    await shows(offered).to_have_attribute("aria-selected", "true")
    await shows(writer.text).to_have_attribute("aria-activedescendant", await offered.get_attribute("id"))

    await keys.press("Enter")
    await shows(writer.text).to_have_value("Dear @fenwick ")
    await keys.type("and @fe")
    await shows(offered).to_be_visible()
    await keys.press("Escape")
    await shows(offered).to_have_count(0)
    await shows(writer.text).to_have_value("Dear @fenwick and @fe")


async def test_the_kind_is_guessed_until_somebody_chooses(writer, shows):
    kind, keys = writer.page.locator("select[name=kind]"), writer.page.keyboard
    await shows(kind).to_have_value("information")

    await keys.type("1. Open it\n")
    await shows(kind).to_have_value("solution")
    await shows(writer.page.get_by_text("the asker will be asked whether it helped")).to_be_visible()
    await keys.press("Alt+k")
    await shows(kind).to_have_value("workaround")
    await keys.type("Close it")
    await shows(kind).to_have_value("workaround")
    await keys.press("Control+Enter")

    await writer.page.wait_for_url("**#post-*")
    assert (await Post.objects.aget(number=2)).kind == "workaround"


@pytest.mark.parametrize("by", ["link", "key"])
async def test_what_is_marked_is_quoted_with_a_link_back(writer, thread, shows, by):
    question = await thread.posts.aget()
    await writer.page.evaluate(
        """() => {
          const words = document.querySelector("article .text p:last-of-type").firstChild;
          document.activeElement.blur();
          getSelection().setBaseAndExtent(words, 0, words, 7);
        }"""
    )

    await (
        writer.page.keyboard.press("q")
        if by == "key"
        else writer.page.locator(f"a[data-quote='{question.pk}']").click()
    )

    await shows(writer.text).to_have_value(f"> [fenwick](/posts/{question.pk}/)\n> All day\n\n")
    await shows(writer.text).to_be_focused()


async def test_quoting_without_a_mark_takes_all_the_words(writer, thread, shows):
    question = await thread.posts.aget()

    await writer.page.locator(f"a[data-quote='{question.pk}']").click()

    await shows(writer.text).to_have_value(
        f"> [fenwick](/posts/{question.pk}/)\n> It **beeps**.\n>\n> All day long.\n\n"
    )


async def test_what_is_typed_is_saved_within_seconds(writer, shows):
    await writer.page.keyboard.type("Half a thought")

    await shows(writer.page.locator("[data-draft-state]")).to_have_text(re.compile(r"Draft saved \d\d:\d\d"))
    assert (await Draft.objects.aget()).body == "Half a thought"
    assert await writer.page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('draft:'))") == []


async def test_what_was_typed_offline_is_there_again_and_goes_when_it_is_sent(writer, thread, shows):
    await writer.context.set_offline(True)
    await writer.page.keyboard.type("Written in a tunnel")
    await shows(writer.page.locator("[data-draft-state]")).to_have_text("Kept on this device; not saved yet")
    await writer.page.close()
    await writer.context.set_offline(False)

    page = writer.page = await writer.context.new_page()
    await writer.open(thread.get_absolute_url())
    text = page.locator("textarea[name=body]")
    await shows(text).to_have_value("Written in a tunnel")
    await text.press("Control+Enter")
    await page.wait_for_url("**#post-*")

    await shows(text).to_have_value("")
    assert await page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('draft:'))") == []
    assert not await Draft.objects.aexists()


async def test_discarding_takes_the_text_away_here_and_on_the_server(writer, thread, shows):
    await writer.page.keyboard.type("Never mind")
    await shows(writer.page.locator("[data-draft-state]")).to_have_text(re.compile("Draft saved"))
    await writer.open(thread.get_absolute_url())

    await shows(writer.page.locator("[data-begun]")).to_contain_text("You began this")
    await writer.page.locator("[data-discard]").click()

    await shows(writer.page.get_by_text("The draft is gone.")).to_be_visible()
    await shows(writer.page.locator("textarea[name=body]")).to_have_value("")
    assert not await Draft.objects.aexists()


async def test_a_dropped_file_stands_in_the_text_and_a_refused_one_says_why(writer, shows):
    await writer.text.evaluate(CARRY, ["drop", "mail.log", "text/plain", 20])
    await shows(writer.text).to_have_value(re.compile(r"^\[mail\.log\]\(/attachments/[0-9a-f-]{36}/mail\.log\)$"))
    await shows(writer.page.locator("#announce")).to_have_text("Attached: mail.log")

    await writer.text.evaluate(CARRY, ["paste", "huge.log", "text/plain", 11 * 2**20])
    refused = writer.page.locator("[data-files] li[role=alert]")
    await shows(refused).to_contain_text("huge.log: This file has more than 10 MB")
    await refused.get_by_role("button", name="Cancel").click()
    await shows(writer.page.locator("[data-files]")).to_be_hidden()


async def test_an_upload_can_be_stopped_and_sending_waits_for_one_under_way(writer, shows):
    held = []
    await writer.page.route("**/attachments/", lambda route: held.append(route))
    await writer.text.evaluate(CARRY, ["paste", "one.log", "text/plain", 20])
    await writer.page.get_by_role("button", name="Cancel").click()
    await shows(writer.page.locator("[data-files]")).to_be_hidden()

    await writer.text.focus()
    await writer.page.keyboard.type("See ")
    await writer.text.evaluate(CARRY, ["paste", "two.log", "text/plain", 20])
    await shows(writer.page.locator("[data-files] progress")).to_be_visible()
    await writer.text.press("Control+Enter")
    await shows(writer.page.locator("[data-send]")).to_have_text("Uploading")
    assert await Post.objects.acount() == 1
    await held[-1].continue_()

    await writer.page.wait_for_url("**#post-*")
    post = await Post.objects.aget(number=2)
    assert re.fullmatch(r"See \[two\.log\]\(/attachments/.*\)", post.body)
    assert await post.attachments.acount() == 1


async def test_two_presses_on_send_make_one_reply(writer, shows):
    await writer.page.keyboard.type("Once.")

    await writer.page.locator("[data-send]").dblclick()

    await writer.page.wait_for_url("**#post-*")
    assert await Post.objects.acount() == 2


async def test_the_ask_form_fits_versions_to_the_product_and_tags_to_each_other(server, browser, shows):
    def places():
        make.space("Mail")
        make.product("Relay Mail", versions=("7.3", "7.2"))
        make.product("Console", versions=("2.0",))
        make.tag("keys")
        make.tag("mail")
        return make.member("asker")

    person = await Person.come(browser, server, await sync_to_async(places)())
    await person.open("/ask/")
    version = person.page.locator("select[name=version]")

    await version.select_option(label="7.2")
    await shows(person.page.locator("select[name=product] option:checked")).to_have_text("Relay Mail")
    await person.page.locator("select[name=product]").select_option(label="Console")
    await shows(version).to_have_value("")
    tags = person.page.locator("input[name=tags]")
    await tags.fill("keys, ")
    await shows(person.page.locator("#tag-names option")).to_have_count(1)
    assert await person.page.locator("#tag-names option").get_attribute("value") == "keys, mail"
