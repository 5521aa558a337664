"""make pictures: every page and state, wide and narrow, light and dark, and from right to left, into var/pictures.

Open its index.html. ONLY (thread) takes those whose name begins so; README=1 makes the four of the README anew.
"""

import os
import sys
import tempfile
import time
from multiprocessing import get_context
from pathlib import Path

from rich.console import Console

from tests.browsers import CHROMIUM, NOT_FOUND
from tests.journeys.serving import collected_static, serve
from tests.server import ROOT
from tests.sights.eyes import ARABIC, NARROW, WIDE, Eyes

from . import index, readme
from .taking import KEPT_IN, Variant, a_browser, take, wanted

# Two processes, because two cores are what there is at least; each begins with the longer half.
SHARES = (
    (Variant("1280", WIDE), Variant("arabic-360", NARROW, ARABIC, ("light",))),
    (Variant("360", NARROW), Variant("arabic-1280", WIDE, ARABIC, ("light",))),
)


def main() -> int:
    console = Console()
    if not CHROMIUM:
        console.print(f"Pictures need a browser. {NOT_FOUND}")
        return 1
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "forum.settings.test")
    only = os.environ.get("ONLY", "")
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        (static := KEPT_IN.parent / "pictures-static").mkdir(parents=True, exist_ok=True)
        (data := Path(folder) / "forum").mkdir()
        with serve(data=data, static=collected_static(static), migrated=None) as server:
            if os.environ.get("README"):
                with a_browser() as browser:
                    readme.make(Eyes(browser, server.url), ROOT / ".readme")
                return 0
            # Forked processes would share what the browser's driver is half-way through.
            with get_context("spawn").Pool(len(SHARES)) as pool:
                told = pool.starmap(take, [(server.url, share, only, KEPT_IN) for share in SHARES])
    looks = [f"{variant.name}-{scheme}" for share in SHARES for variant in share for scheme in variant.schemes]
    missing = [line for lines in told for line in lines]
    console.print(*missing, sep="\n", soft_wrap=True)
    KEPT_IN.mkdir(parents=True, exist_ok=True)
    index.write(KEPT_IN, [sight.name for sight in wanted(only)], looks)
    console.print(f"{KEPT_IN / 'index.html'}, {time.monotonic() - began:.0f} s", soft_wrap=True)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
