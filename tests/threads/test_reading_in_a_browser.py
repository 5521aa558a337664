"""What a thread's page does under a reader's hands, in a real browser against a real server."""

import pytest
from asgiref.sync import sync_to_async

from community.threads.models import Bookmark, Confirmation, Follow, ReadMark, Vote
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


@pytest.fixture(scope="module")
def server(django_db_setup, django_db_blocker, tmp_path_factory):
    one = Server(tmp_path_factory.mktemp("server"), "--web-only")
    with django_db_blocker.unblock():
        one.start()
    yield one
    one.stop()


@pytest.fixture
async def browser():
    from playwright.async_api import async_playwright

    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield chromium
        await chromium.close()


@sync_to_async
def people(*handles: str):
    return [make.member(handle) for handle in handles]


@sync_to_async
def a_thread(by, *, posts: int = 1, **details):
    thread = make.thread(by=by, **details)
    writers = [make.member(), make.member()]
    for number in range(posts - 1):
        make.reply(thread, by=writers[number % 2], body=f"Reply {number}.\n\n" + "A line to read.\n\n" * 6)
    thread.refresh_from_db()
    return thread


async def number_read(member) -> int | None:
    return await ReadMark.objects.filter(member=member).values_list("number", flat=True).afirst()


async def test_who_stops_on_the_phone_goes_on_at_the_desk_where_she_was(server, browser):
    asker, reader = await people("asker", "reader")
    thread = await a_thread(asker, posts=80)
    phone = await Person.come(browser, server, reader)
    await phone.page.set_viewport_size({"width": 360, "height": 640})

    for number in (1, 2):
        page = await phone.open(thread.get_absolute_url(number))
        last = page.locator(f"[data-number='{20 if number == 1 else 30}']")
        for _ in range(200):
            box = await last.bounding_box()
            if box["y"] + box["height"] <= 640:
                break
            await page.evaluate("scrollBy({top: 300, behavior: 'instant'})")
            await page.wait_for_timeout(220)
        async with page.expect_response(lambda answer: answer.url.endswith("/read/")):
            await page.wait_for_timeout(1200)
    assert await number_read(reader) == 30

    desk = await Person.come(browser, server, reader)
    page = await desk.open(f"/threads/{thread.pk}/unread/")

    place = await page.evaluate("document.querySelector(location.hash)?.dataset.number")
    assert place == "31"
    assert (await page.inner_text(".since")).startswith("50 new since you were here")
    top = (await page.locator("[data-number='31']").bounding_box())["y"]
    assert 0 < top < 200
    assert phone.troubles == desk.troubles == []


async def test_whoever_jumps_to_a_post_has_not_read_what_stands_before_it(server, browser):
    asker, reader = await people("asker", "reader")
    thread = await a_thread(asker, posts=18)
    post = await thread.posts.aget(number=18)
    person = await Person.come(browser, server, reader)

    page = await person.open(post.permalink)
    await page.wait_for_timeout(1800)

    assert await number_read(reader) is None


async def test_what_is_pressed_happens_in_place_and_is_there_after_loading_again(server, browser):
    asker, reader = await people("asker", "reader")
    thread = await a_thread(asker, posts=3)
    person = await Person.come(browser, server, reader)
    page = await person.open(thread.get_absolute_url())

    for press, address in (
        (page.locator("article [data-act=vote]").first, "/vote/"),
        (page.locator("[data-act=me-too]"), "/me-too/"),
        (page.locator("[data-follow] button"), "/follow/"),
    ):
        async with page.expect_response(lambda answer, address=address: answer.url.endswith(address)):
            await press.click()
    assert page.url.endswith(thread.get_absolute_url())
    await page.reload()

    assert await page.locator("article [data-act=vote]").first.get_attribute("aria-pressed") == "true"
    assert (await page.inner_text("[data-act=me-too] [data-count]")) == "1"
    assert await Vote.objects.acount() == 1
    # Having it too follows the thread, and the page shows it: the next press stopped that.
    assert not await Follow.objects.filter(member=reader).aexists()
    assert person.troubles == []


async def test_the_menu_and_the_question_open_beside_what_they_are_about(server, browser):
    asker, reader = await people("asker", "reader")
    thread = await a_thread(asker, posts=3)
    agent = await sync_to_async(make.member)("desk", role="agent")
    await sync_to_async(make.reply)(thread, by=agent, kind="solution")
    person = await Person.come(browser, server, reader)
    page = await person.open(thread.get_absolute_url())

    await page.locator("article [data-post-menu]").nth(1).click()
    await page.get_by_role("button", name="Bookmark").click()
    await page.wait_for_selector(".toast")
    assert await Bookmark.objects.filter(member=reader).acount() == 1
    assert await page.locator(".post-menu").count() == 0

    await page.locator("[data-tried]").first.click()
    await page.locator("dialog button[value=yes]").click()
    await page.wait_for_selector("text=You said that this works for you.")
    assert (await Confirmation.objects.aget(member=reader)).works
    assert person.troubles == []


async def test_everything_can_be_reached_with_keys(server, browser):
    asker, reader = await people("asker", "reader")
    thread = await a_thread(asker, posts=4)
    person = await Person.come(browser, server, reader)
    page = await person.open(thread.get_absolute_url())
    chosen = "document.activeElement.dataset.number"

    for key, number in (("j", "1"), ("j", "2"), ("j", "3"), ("k", "2")):
        await page.keyboard.press(key)
        assert await page.evaluate(chosen) == number
    await page.keyboard.press("?")
    assert await page.locator("#keys").is_visible()
    await page.keyboard.press("Escape")
    await page.keyboard.press("r")
    assert await page.evaluate("document.activeElement.tagName") == "TEXTAREA"
    await page.keyboard.type("j?gq")
    assert await page.input_value("#reply textarea") == "j?gq"
    await page.evaluate("document.activeElement.blur()")
    await page.keyboard.press("g")
    await page.keyboard.press("q")
    await page.wait_for_url("**/threads/")
    assert person.troubles == []


async def test_a_visitor_reads_the_answer_without_scripts_on_a_phone(server, browser):
    asker, agent = (await people("asker"))[0], await sync_to_async(make.member)("desk", role="agent")
    thread = await a_thread(asker)
    await sync_to_async(make.reply)(thread, by=agent, kind="solution", body="Free the slot.")
    visitor = await Person.come(browser, server, None, java_script_enabled=False)
    await visitor.page.set_viewport_size({"width": 360, "height": 740})

    page = await visitor.open(thread.get_absolute_url())

    for words in ("Answered by support", "Best solution", "Free the slot."):
        box = await page.locator(f"text={words}").first.bounding_box()
        assert box["y"] + box["height"] <= 740
    assert await visitor.context.cookies() == []
    await page.click("text=Works for me")
    assert "/accounts/login/" in page.url


async def test_no_script_moves_what_is_being_read(server, browser):
    asker, reader = await people("asker", "reader")
    thread = await a_thread(asker, posts=12)
    person = await Person.come(browser, server, reader)
    await person.page.add_init_script(
        "window.moved = 0; new PerformanceObserver(list => {"
        " for (const entry of list.getEntries()) window.moved += entry.value; }"
        ").observe({ type: 'layout-shift', buffered: true });"
    )

    page = await person.open(thread.get_absolute_url())
    await page.wait_for_timeout(800)

    assert await page.evaluate("window.moved") < 0.02
