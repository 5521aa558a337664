"""Whatever somebody writes, the page of the others stays a page."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests import sights
from tests.journeys import hostile
from tests.journeys.serving import manage
from tests.sights import Places
from tests.sights.eyes import NARROW, WIDE

MEASURES = Path(sights.__file__).with_name("measures.js")
WATCH = Path(sights.__file__).with_name("shifts.js")
LARGE = 11_000_000


@pytest.fixture(scope="module")
def imported(served, tmp_path_factory) -> str:
    """The address of the thread."""
    file = hostile.write(tmp_path_factory.mktemp("hostile") / "threads.jsonl")
    manage("import_threads", str(file), "--space", "calendar", **served.environment)
    return Places(served.url).thread(hostile.TITLE[:20].lower())


@pytest.fixture(params=[NARROW, WIDE], ids=["narrow", "wide"])
def reader(request, coming) -> Any:
    reader = coming("tallow", viewport=request.param)
    # Some of its pictures are not there.
    reader.expected.append("404")
    reader.context.add_init_script(path=WATCH)
    return reader


def test_every_post_came_in(visitor, imported):
    visitor.expected.append("404")
    visitor.open(imported)

    expect(visitor.posts).to_have_count(len(hostile.BODIES))


@pytest.mark.parametrize("language", ["en-GB", "ar"])
def test_nothing_sticks_out_of_the_page(coming, reader, imported, language):
    reader.page.goto(imported, wait_until="networkidle")
    reader.page.evaluate(MEASURES.read_text())
    if language == "ar":
        reader.page.evaluate("document.documentElement.dir = 'rtl'")

    assert reader.page.evaluate("measures.sideways()") == []
    assert reader.page.evaluate("measures.cutOff()") == []


def test_nothing_lies_over_what_can_be_pressed(reader, imported):
    reader.page.goto(imported, wait_until="networkidle")
    reader.page.evaluate(MEASURES.read_text())
    reader.page.keyboard.press("Tab")

    assert reader.page.evaluate("measures.focus()") == []
    assert reader.page.evaluate("measures.overlapping()") == []


def test_nothing_shifts(reader, imported):
    reader.page.goto(imported, wait_until="networkidle")

    assert reader.page.evaluate("shifts.total") < 0.02, reader.page.evaluate("shifts.parts")


def test_lists_and_search_hold_its_title(reader, imported):
    for address in ("/threads/", "/spaces/calendar/", "/search/?q=Donaudampfschifffahrt*", "/"):
        reader.open(address)
        reader.page.evaluate(MEASURES.read_text())

        assert reader.page.evaluate("measures.sideways()") == [], address


def test_a_picture_that_is_too_large_is_refused_in_words_and_the_text_is_kept(reader, imported):
    reader.expected.append("413|422")
    reader.page.goto(imported, wait_until="networkidle")
    reader.text.fill("Look at this.")
    with reader.page.expect_file_chooser() as choosing:
        reader.page.locator("[data-attach]").click()
    choosing.value.set_files(
        {"name": f"{'photo' * 40}.png", "mimeType": "image/png", "buffer": b"\x89PNG" + b"0" * LARGE}
    )

    refused = reader.page.locator("[data-files] li")
    expect(refused).to_contain_text("MB")
    reader.page.evaluate(MEASURES.read_text())
    assert reader.page.evaluate("measures.sideways()") == []
    expect(reader.text).to_have_value("Look at this.")
