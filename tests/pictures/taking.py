"""How one picture is taken."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.browsers import CHROMIUM, QUIET
from tests.sights import Sight
from tests.sights.eyes import ENGLISH, Eyes
from tests.sights.pages import SIGHTS

KEPT_IN = Path(os.environ.get("DATA_DIR", "var")).resolve() / "pictures"
# In pixels: what a longer page shows further down, it shows above as well.
TALLEST = 5000
# Those in posts come when they are near; here everything is.
ALL_PICTURES = """() => Promise.all([...document.images].map((picture) => {
  picture.loading = "eager";
  return picture.decode().catch(() => null);
}))"""


@dataclass(frozen=True)
class Variant:
    """One way of looking at a page; its schemes are changed on the loaded page."""

    name: str
    viewport: dict
    language: str = ENGLISH
    schemes: tuple[str, ...] = ("light", "dark")


@contextmanager
def a_browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


def take(address: str, share: tuple[Variant, ...], only: str, folder: Path) -> list[str]:
    """Returns what could not be photographed, and why. The folder is handed over: a process of its own is told another
    place for data, that of the server.
    """
    missing = []
    with a_browser() as browser:
        eyes = Eyes(browser, address)
        for variant in share:
            for sight in wanted(only):
                # One that fails does not keep the others from being taken.
                try:
                    photograph(eyes, sight, variant, folder)
                except Exception as error:
                    missing.append(f"{sight.name} {variant.name}: {str(error)[:300]}")
    return missing


def wanted(only: str) -> list[Sight]:
    return [sight for sight in SIGHTS if sight.name.startswith(only)]


def photograph(eyes: Eyes, sight: Sight, variant: Variant, folder: Path) -> None:
    with eyes.on(sight, language=variant.language, viewport=variant.viewport) as page:
        page.evaluate(ALL_PICTURES)
        for scheme in variant.schemes:
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            file = folder / f"{variant.name}-{scheme}" / f"{sight.name}.jpg"
            page.screenshot(path=file, type="jpeg", quality=80, **frame(sight, page))


def frame(sight: Sight, page: Any) -> dict:
    """The whole page; of a page with something over it, what is in the window."""
    if sight.floats:
        return {}
    tall = page.evaluate("document.documentElement.scrollHeight")
    room = page.viewport_size
    return {"full_page": True, "clip": {"x": 0, "y": 0, "width": room["width"], "height": min(tall, TALLEST)}}
