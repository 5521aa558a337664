"""The browser of all tests that need one: Chromium as its package brings it, without a window."""

import shutil

# The first is the same engine without the parts of a window: a page opens in less than half the time.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser")
CHROMIUM = next(filter(None, map(shutil.which, NAMES)), "")
NOT_FOUND = f"None of {', '.join(NAMES)} was found on the PATH."
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
