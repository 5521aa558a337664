"""Every page and every state of it, for everybody: WCAG 2.2 AA as far as it can be measured.

Sizes and colours come from templates and style sheets, whatever keeps the rows. The whole proof runs twice, on SQLite
and on PostgreSQL: both times every sight is opened, and axe and the headings look at it; in the dark, narrow, enlarged,
mirrored and by every stop of the focus each of the two runs looks at its half. A run by itself looks at all of them.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest

from tests import sights
from tests.conftest import REQUIRE_ALL
from tests.sights import Sight
from tests.sights.eyes import ARABIC, NARROW, WIDE, Eyes
from tests.sights.pages import SIGHTS

pytestmark = pytest.mark.steady

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
MEASURES = Path(sights.__file__).with_name("measures.js").read_text()
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RULES = {"runOnly": {"type": "tag", "values": LEVELS}, "resultTypes": ["violations"]}
# What alone can change when only colours do.
COLOURS = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
    "resultTypes": ["violations"],
}
ON_POSTGRES = os.environ.get("DATABASE_URL", "").startswith("postgres")
LOOKED_AT_CLOSELY = SIGHTS[int(ON_POSTGRES) :: 2] if REQUIRE_ALL else SIGHTS
# 1280 pixels at 200 % and at 400 %.
DOUBLE, FOURFOLD = {"width": 640, "height": 450}, {"width": 320, "height": 256}


@pytest.fixture(scope="module")
def eyes(browser, forum: str) -> Iterator[Eyes]:
    eyes = Eyes(browser, forum)
    yield eyes
    eyes.close()


def by_name(sight: Sight) -> str:
    return sight.name


@pytest.fixture(scope="module", params=SIGHTS, ids=by_name)
def opened(request, eyes: Eyes) -> Iterator[tuple[Sight, Any]]:
    """A sight on its page, loaded once for all that is measured on it."""
    with eyes.on(request.param) as page:
        page.evaluate(AXE)
        page.evaluate(MEASURES)
        yield request.param, page


@pytest.fixture(scope="module", params=LOOKED_AT_CLOSELY, ids=by_name)
def mirrored(request, eyes: Eyes) -> Iterator[tuple[Sight, Any]]:
    """The same, as somebody who reads from right to left gets it."""
    with eyes.on(request.param, language=ARABIC) as page:
        # What has chosen its side by its address keeps it.
        if request.param.of.startswith(("design", "people:language")):
            page.evaluate("document.documentElement.dir = 'rtl'")
        assert page.evaluate("document.documentElement.dir") == "rtl"
        page.evaluate(AXE)
        page.evaluate(MEASURES)
        yield request.param, page


closely = pytest.mark.parametrize("opened", LOOKED_AT_CLOSELY, indirect=True, ids=by_name)


@pytest.fixture
def page(opened) -> Iterator[Any]:
    """Wide and light to begin with, and left so. Nothing moves, so that no colour is measured on its way."""
    _sight, page = opened
    page.set_viewport_size(WIDE)
    page.emulate_media(color_scheme="light", reduced_motion="reduce", forced_colors="none")
    return page


def violations(sight: Sight, page: Any, options: dict) -> list[str]:
    # Under what floats nothing can be pressed, and need not; nor under the masthead, to where a page can be scrolled.
    target_size = {"rules": {"target-size": {"enabled": not sight.floats}}}
    page.evaluate("scrollTo(0, 0)")
    found = page.evaluate("(options) => axe.run(options)", options | target_size)["violations"]
    return [f"{each['id']}: {each['help']}: {node['html'][:200]}" for each in found for node in each["nodes"]]


def measure(page: Any, name: str) -> list[str]:
    return page.evaluate(f"measures.{name}()")


def test_axe_finds_nothing(opened, page):
    sight, _page = opened

    assert violations(sight, page, RULES) == []


@closely
def test_in_dark_colours_and_on_360_pixels_axe_finds_nothing(opened, page):
    sight, _page = opened

    page.emulate_media(color_scheme="dark")
    found = {"dark": violations(sight, page, COLOURS)}
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(NARROW)
    found["360 px"] = violations(sight, page, RULES)

    assert {where: what for where, what in found.items() if what} == {}


def test_headings_lead_through_the_page_and_every_place_and_field_has_its_name(page):
    measured = {name: measure(page, name) for name in ("headings", "places", "unlabelled", "colourAlone")}

    assert {name: complaints for name, complaints in measured.items() if complaints} == {}
    assert page.title().strip()


@closely
def test_the_focus_is_seen_wherever_it_goes(page):
    # The first stop by a real key: from then on the browser shows where the focus is.
    page.keyboard.press("Tab")

    assert measure(page, "focus") == []
    page.set_viewport_size(NARROW)
    assert measure(page, "focus") == []


@closely
@pytest.mark.parametrize("room", [DOUBLE, FOURFOLD], ids=["200 %", "400 %"])
def test_enlarged_nothing_is_lost_or_scrolled_sideways(page, room):
    page.set_viewport_size(room)

    assert measure(page, "sideways") == []
    assert measure(page, "cutOff") == []


@closely
def test_text_set_wider_apart_is_still_whole(page):
    measure(page, "spread")
    try:
        assert measure(page, "cutOff") == []
        page.set_viewport_size(NARROW)
        assert measure(page, "sideways") == []
        assert measure(page, "cutOff") == []
    finally:
        measure(page, "together")


@closely
def test_whoever_wants_no_motion_gets_none(page):
    assert measure(page, "moving") == []


@closely
def test_in_the_systems_own_colours_controls_and_what_is_chosen_are_seen(page):
    page.emulate_media(forced_colors="active")

    assert measure(page, "forced") == []


def test_from_right_to_left_axe_finds_nothing_and_nothing_sticks_out(mirrored):
    sight, page = mirrored
    page.emulate_media(reduced_motion="reduce")

    assert violations(sight, page, RULES) == []
    page.set_viewport_size(NARROW)
    assert measure(page, "sideways") == []
    assert measure(page, "cutOff") == []
