"""Whose community this is: its name, its logo, the colour of what one can act on. Editors choose them at /cms/.

    brand.current().name        what the house calls itself
    brand.current().palette     every colour by scheme and token, for those who need one outside a stylesheet

Each process keeps the brand in its memory, because every page asks for it. What an editor saves is true at once in the
process that saved it; the others look at the shared cache every few seconds for the mark of a newer one.
"""

import hashlib
import logging
import threading
import time
from dataclasses import dataclass, field
from functools import cache as once
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.urls import reverse

from community import kept

from .colours import Colour, Palette, tokens
from .models import BrandSettings

LOOKS_AGAIN_SECONDS = 5.0
_MARK = "brand"

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Logo:
    url: str
    width: int
    height: int


@dataclass(frozen=True)
class Brand:
    name: str
    logo: Logo | None = None
    # The logo is the name written out; the words beside it would say it twice.
    logo_says_name: bool = False
    accent: str = ""
    # Only what differs from the tokens.
    colours: Palette = field(default_factory=lambda: {"light": {}, "dark": {}})

    @property
    def facts(self) -> tuple[Any, ...]:
        """Everything a page says of it; the colours follow from the accent."""
        return self.name, self.logo, self.logo_says_name, self.accent

    @property
    def palette(self) -> Palette:
        return {scheme: named | self.colours[scheme] for scheme, named in plain_palette().items()}

    @property
    def hex(self) -> dict[str, dict[str, str]]:
        """The palette for what knows no oklch: {"light": {"ink_soft": "#3b3a37", ...}, "dark": ...}."""
        return {
            scheme: {token.replace("-", "_"): colour.hex for token, colour in named.items()}
            for scheme, named in self.palette.items()
        }

    @property
    def style(self) -> str:
        """The stylesheet that lies over tokens.css; empty for a house that keeps our blue."""
        if not self.accent:
            return ""
        light, dark = self.colours["light"], self.colours["dark"]
        lines = [f"--{name}:light-dark({light[name].css},{dark[name].css})" for name in light]
        return f"@layer tokens{{:root{{{';'.join(lines)}}}}}\n"

    @property
    def style_url(self) -> str:
        return reverse("brand_style", args=[self.version]) if self.accent else ""

    @property
    def version(self) -> str:
        """A name made from the content: another colour has another address."""
        return hashlib.sha256(self.style.encode()).hexdigest()[:12]


def plain() -> Brand:
    return Brand(name=settings.SITE_NAME)


plain_palette = once(tokens)


@dataclass
class Memory:
    brand: Brand | None = None
    mark: str | None = None
    until: float = 0.0


_memory = Memory()
_lock = threading.Lock()


def current() -> Brand:
    held = _memory
    if held.brand is not None and held.until > time.monotonic():
        return held.brand
    with _lock:
        try:
            return looked_up()
        except Exception:
            # Also the page that says what broke has a name on it, whatever broke.
            logger.exception("The brand could not be read; the page goes out under what is known.")
            return _memory.brand or plain()


def looked_up() -> Brand:
    mark = cache.get(_MARK)
    # A cache that was emptied says nothing; only another mark says that somebody has saved.
    if _memory.brand is None or (mark is not None and mark != _memory.mark):
        return hold(read(), mark)
    return hold(_memory.brand, _memory.mark)


def hold(brand: Brand, mark: str | None = None) -> Brand:
    """The brand of this process from now on."""
    global _memory
    _memory = Memory(brand, mark, time.monotonic() + LOOKS_AGAIN_SECONDS)
    return brand


def read() -> Brand:
    saved = BrandSettings.objects.select_related("logo").first()
    if saved is None:
        return plain()
    logo = None
    if saved.logo:
        made = saved.logo.get_rendition("max-480x64|format-png")
        logo = Logo(url=made.url, width=made.width, height=made.height)
    return Brand(
        name=saved.name or settings.SITE_NAME,
        logo=logo,
        logo_says_name=bool(logo and saved.logo_says_name),
        accent=saved.accent,
        colours=colours_of(saved.accent, plain_palette()) if saved.accent else {"light": {}, "dark": {}},
    )


def changed(**_: object) -> None:
    """An editor has saved: pages kept for visitors show the old one, and so do the other processes."""
    transaction.on_commit(_hold_the_new_one)
    kept.outdate_on_commit()


def _hold_the_new_one() -> None:
    mark = str(time.time_ns())
    cache.set(_MARK, mark, None)
    with _lock:
        hold(read(), mark)


def colours_of(accent: str, palette: Palette) -> Palette:
    """The three forms of what one can act on, by day and by night, in the hue of the accent.

    By day the words have the accent itself: it was checked when it was saved. The rest keeps the lightness of the
    tokens, so that washes stay under ink and marks keep their order of strength.
    """
    chosen = Colour.of_hex(accent)
    made: Palette = {"light": {}, "dark": {}}
    for scheme, named in palette.items():
        for token, ratio in (("act", 7.0), ("act-wash", 0.0), ("act-edge", 3.0)):
            ours = named[token]
            tinted = Colour(ours.lightness, min(ours.chroma, chosen.chroma), chosen.hue)
            made[scheme][token] = tinted.reading(ratio, on=named["paper"]) if ratio else tinted
    made["light"]["act"] = chosen
    return made
