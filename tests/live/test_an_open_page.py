"""What readers see of a page that stays open, in a real browser against a real server."""

import asyncio
import random

import pytest
from asgiref.sync import sync_to_async

from community.people.models import Role
from community.threads.models import Post, Thread
from community.threads.models.post import PAGE_SIZE
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

LONG = "Nothing is signed since this morning.\n\n" * 40


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


async def a_thread(by, body: str = LONG) -> Thread:
    return await sync_to_async(make.thread)(by=by, body=body)


async def test_an_answer_arrives_below_without_moving_what_is_read(server, browser):
    asker, peer = await sync_to_async(make.member)("asker"), await sync_to_async(make.member)("peer")
    thread = await a_thread(asker)
    reader = await Person.come(browser, server, asker)
    writer = await Person.come(browser, server, peer)
    page = await reader.open(thread.get_absolute_url())
    await reader.listens()
    await page.evaluate("scrollTo(0, 200)")
    await writer.open(thread.get_absolute_url())
    await writer.listens()

    await writer.page.locator("#reply textarea").press_sequentially("Hel")
    await page.wait_for_selector("[data-presence]:not([hidden])")
    assert await page.inner_text("[data-presence]") == "peer is replying"
    await writer.reply(thread, "Renew the keys.")

    await page.wait_for_selector("[data-live-record] > article >> nth=1")
    assert await page.evaluate("scrollY") == 200
    assert (await page.title()).startswith("(1) ")
    assert await page.inner_text("[data-live-pill]") == "1 new reply"
    assert await page.is_hidden("[data-presence]")
    assert await page.evaluate("document.activeElement === document.body")
    await page.wait_for_selector("#announce:has-text('1 new reply')", state="attached")
    await page.click("[data-live-pill]")
    await page.wait_for_selector("[data-live-pill]", state="hidden")
    assert not (await page.title()).startswith("(")
    assert reader.troubles == writer.troubles == []


async def test_an_official_answer_has_a_banner_and_the_asker_is_asked_whether_it_helped(server, browser):
    asker = await sync_to_async(make.member)("asker")
    desk = await sync_to_async(make.member)("desk", role=Role.AGENT)
    thread = await a_thread(asker)
    reader, visitor = await Person.come(browser, server, asker), await Person.come(browser, server)
    agent = await Person.come(browser, server, desk)
    for person in (reader, visitor):
        await person.open(thread.get_absolute_url())
        await person.listens()

    await agent.reply(thread, "Renew the keys.", kind="solution")

    for person in (reader, visitor):
        await person.page.wait_for_selector("[data-banner]:has-text('Support has answered.')")
        assert await person.page.locator("[data-banner]").count() == 1
        await person.page.wait_for_selector("#best:has-text('Renew the keys.')")
    await reader.page.wait_for_selector("[data-live-region=state]:has-text('Did this solve it?')")
    assert "Answered by support" in await visitor.page.inner_text("[data-live-region=state]")
    assert reader.troubles == visitor.troubles == []


async def test_edits_and_removals_change_the_post_in_its_place(server, browser):
    asker, moderator = (
        await sync_to_async(make.member)("asker"),
        await sync_to_async(make.member)("mod", role=Role.MODERATOR),
    )
    thread = await a_thread(asker)
    post = await sync_to_async(make.reply)(thread, body="My password is swordfish.")
    reader, curator = await Person.come(browser, server), await Person.come(browser, server, moderator)
    page = await reader.open(thread.get_absolute_url())
    await reader.listens()

    await curator.send(
        f"/posts/{post.pk}/edit/", body="My password is [removed].", seen_revision="0", kind="information"
    )
    await page.wait_for_selector(f"#{post.anchor}:has-text('[removed]')")
    await curator.send(f"/posts/{post.pk}/delete/", because="Private data")

    await page.wait_for_selector(f"#{post.anchor}:has-text('Private data')")
    assert "password" not in await page.inner_text(f"#{post.anchor}")
    assert reader.troubles == []


async def test_after_a_minute_without_network_everything_is_there_once_and_said_in_one_line(server, browser):
    asker, peer = await sync_to_async(make.member)("asker"), await sync_to_async(make.member)("peer")
    thread = await a_thread(asker)
    reader, writer = await Person.come(browser, server, asker), await Person.come(browser, server, peer)
    await reader.context.clock.install()
    page = await reader.open(thread.get_absolute_url())
    await reader.listens()

    await reader.context.set_offline(True)
    for number in range(3):
        await writer.reply(thread, f"Reply {number}.")
    last = await Post.objects.filter(thread=thread).alatest("pk")
    await writer.send(f"/posts/{last.pk}/edit/", body="Reply 2, better.", seen_revision="0", kind="information")
    first = await Post.objects.filter(thread=thread, number=2).aget()
    await writer.send(f"/posts/{first.pk}/delete/", because="Twice")
    await reader.context.clock.fast_forward(60_000)
    await reader.context.set_offline(False)

    await page.wait_for_selector("[data-banner]:has-text('While you were away: 3 replies')")
    said = await page.inner_text("[data-banner] [data-text]")
    assert said == "While you were away: 3 replies, 1 edit, 1 post removed"
    assert await page.locator("[data-banner]").count() == 1
    assert await reader.posts() == [post.anchor async for post in Post.objects.filter(thread=thread).order_by("number")]
    assert "better" in await page.inner_text(f"#{last.anchor}")
    assert reader.troubles == []


async def test_an_answer_from_before_the_news_does_not_end_the_catching_up(server, browser):
    asker, peer = await sync_to_async(make.member)("asker"), await sync_to_async(make.member)("peer")
    thread = await a_thread(asker)
    reader, writer = await Person.come(browser, server), await Person.come(browser, server, peer)
    page = await reader.open(thread.get_absolute_url())
    await reader.listens()
    # The first answer was made before the reply and comes after the socket told of it.
    told, asked = asyncio.Event(), []

    async def be_late(route) -> None:
        asked.append(route.request.url)
        if len(asked) > 1:
            return await route.continue_()
        await told.wait()
        return await route.fulfill(json={"head": 0, "frames": [], "more": False})

    await page.route("**/since/**", be_late)
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: "subscribed" in frame and told.set()))
    await reader.context.set_offline(True)
    await writer.reply(thread, "Renew the keys.")
    await reader.context.set_offline(False)

    await page.wait_for_selector("[data-live-record] > article >> nth=1")
    assert len(asked) == 2
    assert reader.troubles == []


async def test_where_sockets_are_blocked_the_page_asks(server, browser):
    asker, peer = await sync_to_async(make.member)("asker"), await sync_to_async(make.member)("peer")
    thread = await a_thread(asker)
    reader, writer = await Person.come(browser, server, asker), await Person.come(browser, server, peer)
    await reader.context.add_init_script("window.WebSocket = class { constructor() { throw new Error('blocked'); } };")
    await reader.context.clock.install()
    page = await reader.open(thread.get_absolute_url())

    await writer.reply(thread, "Renew the keys.")
    await reader.context.clock.fast_forward(15_000)

    await page.wait_for_selector("[data-live-record] > article >> nth=1")
    assert reader.troubles == []


async def test_a_list_says_how_much_is_new_and_moves_no_row(server, browser):
    asker = await sync_to_async(make.member)("asker")
    threads = [await a_thread(asker) for _ in range(3)]
    reader, writer = await Person.come(browser, server), await Person.come(browser, server, asker)
    page = await reader.open("/threads/")
    await page.wait_for_selector("[data-live-list]", state="attached")
    rows = await page.locator(".rows > li").all_inner_texts()
    await asyncio.sleep(1)

    await writer.reply(threads[0], "Still broken.")

    await page.wait_for_selector("[data-live-list]:has-text('1')")
    assert await page.locator(".rows > li").all_inner_texts() == rows
    assert reader.troubles == []


async def test_the_server_starts_again_and_the_page_comes_back(server, browser):
    asker, peer = await sync_to_async(make.member)("asker"), await sync_to_async(make.member)("peer")
    thread = await a_thread(asker)
    reader, writer = await Person.come(browser, server, asker), await Person.come(browser, server, peer)
    page = await reader.open(thread.get_absolute_url())
    await reader.listens()

    await asyncio.to_thread(server.stop)
    await asyncio.to_thread(server.start)
    await writer.reply(thread, "Renew the keys.")

    await page.wait_for_selector("[data-live-record] > article >> nth=1")
    assert await page.locator("[data-live-record] > article").count() == 2
    assert reader.troubles == []


# Five hundred lines whose server says that it starts again; after how many milliseconds each means to be back.
RETURNS = """async (module) => {
  const { Line } = await import(module), sockets = [], waits = [], later = globalThis.setTimeout;
  class Socket { constructor() { sockets.push(this); } close() {} }
  for (let one = 0; one < 500; one += 1) new Line("/live/", { Socket }).open();
  globalThis.setTimeout = (_, wait) => waits.push(wait);
  for (const socket of sockets) socket.onclose({ code: 1012 });
  globalThis.setTimeout = later;
  return waits;
}"""


async def test_those_whose_server_starts_again_come_back_spread_over_ten_seconds(server, browser):
    visitor = await Person.come(browser, server)
    page = await visitor.open("/threads/")

    waits = await page.evaluate(RETURNS, "/static/forum/js/live-line.js")

    seconds = [int(wait / 1000) for wait in waits]
    assert len(seconds) == 500
    assert set(range(10)) <= set(seconds)
    assert max(seconds.count(second) for second in range(11)) < 100


async def test_a_browser_cut_off_again_and_again_ends_with_the_page_a_newcomer_sees(server, browser):
    dice = random.Random(7)
    asker, desk = await sync_to_async(make.member)("asker"), await sync_to_async(make.member)("desk", role=Role.AGENT)
    thread = await a_thread(asker, "Short.")
    reader, writer = await Person.come(browser, server), await Person.come(browser, server, desk)
    page = await reader.open(thread.get_absolute_url())
    await reader.listens()

    async def cut() -> None:
        for _ in range(12):
            await reader.context.set_offline(True)
            await asyncio.sleep(dice.uniform(0, 0.4))
            await reader.context.set_offline(False)
            await asyncio.sleep(dice.uniform(0, 0.6))

    cutting = asyncio.create_task(cut())
    while not cutting.done():
        mine = [post async for post in Post.objects.filter(thread=thread, author=desk, deleted_at=None)]
        what = dice.choice(["reply", "edit", "delete"]) if len(mine) > 1 else "reply"
        # On one page, however quick the machine: a newcomer opens only the first.
        if what == "reply" and await Post.objects.filter(thread=thread).acount() < PAGE_SIZE:
            await writer.reply(thread, f"Reply {dice.random()}.", kind=dice.choice(["information", "solution"]))
        elif what == "edit":
            post = dice.choice(mine)
            revision = str(post.revision_count)
            await writer.send(
                f"/posts/{post.pk}/edit/", body=f"Edit {dice.random()}.", seen_revision=revision, kind=post.kind
            )
        elif what == "delete":
            await writer.send(f"/posts/{dice.choice(mine).pk}/delete/", because="Not needed")
    await cutting
    newcomer = await Person.come(browser, server)
    await newcomer.open(thread.get_absolute_url())

    wanted = await shown(newcomer.page)
    for _ in range(50):
        if await shown(page) == wanted:
            break
        await asyncio.sleep(0.2)
    assert await shown(page) == wanted
    assert reader.troubles == []


async def shown(page) -> list[str]:
    """What the page says, times left out: they run."""
    script = """parts => parts.map(part => {
        const copy = part.cloneNode(true);
        for (const time of copy.querySelectorAll("time")) time.remove();
        return `${part.id} ${copy.textContent.replace(/\\s+/g, " ").trim()}`;
    })"""
    wanted = "[data-live-record] > article, [data-live-record] > .event, #best, [data-live-region=state]"
    return await page.eval_on_selector_all(wanted, script)
