"""python -m tests.bench.felt: what somebody with a middling telephone waits for, in the browser itself.

The line is slowed down as the browser's own tools do it for 4G, the processor to a quarter. Beside each figure stands
what we want of it. Figures depend on what else the machine does; that is why no test asserts them.
"""

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from rich.console import Console
from rich.table import Table

from tests.browsers import CHROMIUM, QUIET
from tests.journeys.serving import collected_static, serve
from tests.sights.eyes import NARROW, WIDE, Eyes
from tests.sights.pages import LONG, SOLVED

# Bytes a second, milliseconds.
FAST_4G = {"downloadThroughput": 9_000_000 * 0.9 / 8, "uploadThroughput": 1_500_000 * 0.9 / 8, "latency": 165}
SLOW_4G = {"downloadThroughput": 1_600_000 * 0.9 / 8, "uploadThroughput": 750_000 * 0.9 / 8, "latency": 562.5}
SLOWER = 4
TIMES = 5
# In milliseconds.
FIRST_VIEW, ANSWER = 1500, 100
POINTED = 300

LARGEST = """() => new Promise((done) => {
  new PerformanceObserver((list) => done(list.getEntries().at(-1).startTime))
    .observe({ type: "largest-contentful-paint", buffered: true });
  setTimeout(() => done(-1), 5000);
})"""
# From the press to the next frame that shows what it did.
PRESSED = """async ([selector, shown]) => {
  const began = performance.now();
  document.querySelector(selector).click();
  while (!document.querySelector(shown)) {
    if (performance.now() - began > 5000) throw new Error(`${selector} did not lead to ${shown}`);
    await new Promise(requestAnimationFrame);
  }
  await new Promise(requestAnimationFrame);
  return performance.now() - began;
}"""


def main() -> int:
    console = Console(width=110)
    if not CHROMIUM:
        console.print("No chromium or chromium-browser was found on the PATH.")
        return 1
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "forum.settings.test")
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder:
        (static := Path(folder) / "static").mkdir()
        (data := Path(folder) / "forum").mkdir()
        with serve(data=data, static=collected_static(static), migrated=None) as server, sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=CHROMIUM, args=QUIET)
            report(console, Eyes(browser, server.url))
            browser.close()
    return 0


def report(console: Console, eyes: Eyes) -> None:
    table = Table(title=f"Median of {TIMES}, processor slowed {SLOWER} times, {os.cpu_count()} cores")
    for heading in ("what", "ms", "wanted"):
        table.add_column(heading, justify="left" if heading == "what" else "right")
    thread = eyes.places.thread(SOLVED)
    for name, line in (("4G", FAST_4G), ("slow 4G", SLOW_4G)):
        for what, address in (("thread", thread), ("long thread", eyes.places.thread(LONG)), ("list", "/threads/")):
            took = middle(lambda address=address, line=line: first_view(eyes, address, line))
            table.add_row(f"first view of a {what}, {name}", f"{took:.0f}", f"{FIRST_VIEW}" if name == "4G" else "")
    for what, selector, shown in (
        ("theme changed", "#theme-dark", ":root:has(#theme-dark:checked)"),
        ("own menu opened", "details.menu > summary", "details.menu[open]"),
        ("menu of a post opened", "[data-post] [data-post-menu]", ".post-menu"),
        ("preview shown", "button[data-view=preview]", "[data-preview-pane]:not([hidden])"),
    ):
        took = middle(lambda selector=selector, shown=shown: answer(eyes, thread, selector, shown))
        table.add_row(f"{what}, no line slowed", f"{took:.0f}", f"{ANSWER}")
    console.print(table)


def middle(measured: Callable[[], float]) -> float:
    return median(measured() for _time in range(TIMES))


def slowed(context: Any, page: Any, line: dict | None) -> None:
    tools = context.new_cdp_session(page)
    tools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    if line:
        tools.send("Network.enable")
        tools.send("Network.emulateNetworkConditions", {"offline": False, **line})


def first_view(eyes: Eyes, address: str, line: dict) -> float:
    """Until the largest thing in view is there, with nothing kept from before."""
    context = eyes.browser.new_context(base_url=eyes.address, viewport=NARROW, is_mobile=True, has_touch=True)
    page = context.new_page()
    slowed(context, page, line)
    page.goto(address, wait_until="load")
    took = page.evaluate(LARGEST)
    context.close()
    return took


def answer(eyes: Eyes, address: str, selector: str, shown: str) -> float:
    page = eyes.browser_of("fenwick-it", "en-GB", WIDE).new_page()
    page.goto(address, wait_until="networkidle")
    text = page.locator("textarea[data-text]")
    text.fill("It **starts** again.")
    slowed(page.context, page, None)
    # Nobody presses what they have not pointed at, and from there to the press it takes longer than this.
    page.locator(selector).first.hover()
    page.wait_for_timeout(POINTED)
    took = page.evaluate(PRESSED, [selector, shown])
    page.close()
    return took


if __name__ == "__main__":
    sys.exit(main())
