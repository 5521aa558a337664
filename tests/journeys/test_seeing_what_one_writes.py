"""What is written can be seen as it will be read: instead of the text, or beside it."""

import pytest
from playwright.sync_api import expect


@pytest.fixture
def writer(customer, peer):
    thread = peer.ask("The line under the signature is drawn twice")
    customer.open(thread.address)
    return customer


def pane(writer):
    return writer.page.locator("[data-preview-pane]")


def view(writer, name):
    return writer.page.get_by_role("group", name="What is shown").get_by_role("button", name=name)


def test_the_preview_is_the_post_and_the_way_back_keeps_the_text(writer):
    writer.text.fill("**loud** @tallow")

    view(writer, "Preview").click()
    expect(pane(writer).locator("strong")).to_have_text("loud")
    expect(pane(writer).locator("a.mention")).to_have_attribute("href", "/people/tallow/")
    expect(writer.text).to_be_hidden()
    expect(pane(writer)).to_be_focused()

    writer.page.keyboard.press("Alt+p")
    expect(writer.text).to_have_value("**loud** @tallow")
    expect(writer.text).to_be_focused()
    expect(pane(writer)).to_be_hidden()


@pytest.mark.parametrize("width", [1280, 360])
def test_with_both_the_preview_follows_what_is_typed(writer, width):
    writer.page.set_viewport_size({"width": width, "height": 800})
    writer.text.fill("It **starts**")

    view(writer, "Both").click()
    expect(pane(writer).locator("strong")).to_have_text("starts")
    expect(writer.text).to_be_focused()
    writer.page.keyboard.press("End")
    writer.page.keyboard.type(" and *stops*")

    expect(pane(writer).locator("em")).to_have_text("stops")
    expect(writer.text).to_have_value("It **starts** and *stops*")
    expect(writer.text).to_be_focused()
    text, shown = writer.text.bounding_box(), pane(writer).bounding_box()
    if width == 1280:
        assert shown["x"] >= text["x"] + text["width"]
        assert shown["width"] >= 400
    else:
        assert shown["y"] >= text["y"] + text["height"]


def test_without_a_network_the_newest_preview_stays_and_nothing_typed_is_lost(writer):
    writer.text.fill("It **starts**")
    view(writer, "Both").click()
    expect(pane(writer).locator("strong")).to_have_text("starts")

    with writer.offline(), writer.page.expect_event("requestfailed", lambda asked: asked.url.endswith("/preview/")):
        writer.text.fill("It **stops**")
    expect(pane(writer).locator("strong")).to_have_text("starts")
    view(writer, "Preview").click()

    expect(pane(writer).locator("strong")).to_have_text("stops")
    expect(writer.text).to_have_value("It **stops**")


def test_what_the_toolbar_puts_in_can_be_seen(writer):
    writer.text.fill("loud")
    view(writer, "Preview").click()
    expect(writer.text).to_be_hidden()

    writer.page.get_by_role("toolbar").get_by_role("button", name="Quote").click()

    expect(writer.text).to_be_visible()
    expect(writer.text).to_have_value("> loud")
