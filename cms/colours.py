"""Colours as the tokens write them, oklch(lightness chroma hue), and how well one reads on another (WCAG 2)."""

import math
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

from django.contrib.staticfiles import finders

TOKENS = "forum/css/tokens.css"
SCHEMES = ("light", "dark")
_TOKEN = re.compile(r"--([\w-]+):\s*light-dark\(oklch\(([^()]*)\),\s*oklch\(([^()]*)\)\)")


@dataclass(frozen=True)
class Colour:
    lightness: float
    chroma: float
    hue: float

    @classmethod
    def of_oklch(cls, words: str) -> Self:
        """From what stands between the brackets of oklch(), such as "44% .15 258"."""
        lightness, chroma, hue = words.split("/")[0].split()
        return cls(float(lightness.rstrip("%")) / 100, float(chroma), float(hue))

    @classmethod
    def of_hex(cls, written: str) -> Self:
        """From "#1d4ed8"."""
        red, green, blue = (_linear(int(written[at : at + 2], 16) / 255) for at in (1, 3, 5))
        long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
        middle = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
        short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
        lightness = 0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short
        a = 1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short
        b = 0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short
        return cls(lightness, math.hypot(a, b), math.degrees(math.atan2(b, a)) % 360)

    @property
    def linear(self) -> tuple[float, float, float]:
        """Red, green and blue as light adds up; outside of 0…1 where no screen of ours can show it."""
        a = self.chroma * math.cos(math.radians(self.hue))
        b = self.chroma * math.sin(math.radians(self.hue))
        long = (self.lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
        middle = (self.lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
        short = (self.lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
        return (
            4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
            -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
            -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
        )

    @property
    def shown(self) -> bytes:
        """The three bytes a screen is sent: the same lightness with less colour, where it cannot show as much."""
        colour = self
        while colour.chroma > 0 and any(not -0.0005 <= part <= 1.0005 for part in colour.linear):
            colour = replace(colour, chroma=max(0.0, colour.chroma - 0.002))
        return bytes(round(255 * _gamma(min(1.0, max(0.0, part)))) for part in colour.linear)

    @property
    def hex(self) -> str:
        return f"#{self.shown.hex()}"

    @property
    def css(self) -> str:
        return f"oklch({self.lightness:.1%} {self.chroma:.3f} {self.hue:.0f})"

    @property
    def luminance(self) -> float:
        red, green, blue = (_linear(part / 255) for part in self.shown)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    def on(self, ground: "Colour") -> float:
        """The contrast of this colour on that ground: 1 (none) to 21 (black on white)."""
        darker, lighter = sorted((self.luminance, ground.luminance))
        return (lighter + 0.05) / (darker + 0.05)

    def reading(self, ratio: float, *, on: "Colour") -> "Colour":
        """This colour, or the nearest one of its hue that reaches the ratio on that ground."""
        step = -0.002 if on.luminance > 0.18 else 0.002
        colour = self
        while colour.on(on) < ratio and 0 < colour.lightness < 1:
            colour = replace(colour, lightness=colour.lightness + step)
        return colour


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _gamma(part: float) -> float:
    return 12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055


type Palette = dict[str, dict[str, Colour]]


def tokens() -> Palette:
    """The colours of tokens.css by scheme and name; the file may be the site's own."""
    found = finders.find(TOKENS)
    written = _TOKEN.findall(Path(found).read_text() if isinstance(found, str) else "")
    return {
        "light": {name: Colour.of_oklch(light) for name, light, _dark in written},
        "dark": {name: Colour.of_oklch(dark) for name, _light, dark in written},
    }


MEANINGS = ("act", "owe", "ok", "late", "inner")
WASHES = tuple(f"{meaning}-wash" for meaning in MEANINGS)
# What must read on what, and how well: words 7:1 on paper, labels 4.5:1 on any ground, edges of what one acts on 3:1.
RULES: tuple[tuple[str, str, float], ...] = (
    *(("ink", ground, 7.0) for ground in ("paper", "paper-sunk", "paper-lift", "hit", *WASHES)),
    *(("ink-soft", ground, 7.0) for ground in ("paper", "paper-lift", "paper-sunk")),
    *(("ink-faint", ground, 7.0) for ground in ("paper",)),
    *(("ink-faint", ground, 4.5) for ground in ("paper-sunk", "paper-lift", "hit", *WASHES)),
    ("ink-on", "ink", 7.0),
    ("ink-on", "ink-soft", 7.0),
    ("ink-on", "act", 4.5),
    *((meaning, "paper", 7.0) for meaning in MEANINGS),
    *((meaning, ground, 4.5) for meaning in MEANINGS for ground in ("paper-sunk", "paper-lift", *WASHES)),
    *((f"{meaning}-edge", ground, 3.0) for meaning in MEANINGS for ground in ("paper", "paper-lift")),
    *((f"{meaning}-edge", f"{meaning}-wash", 3.0) for meaning in MEANINGS),
    *(("line-firm", ground, 3.0) for ground in ("paper", "paper-lift")),
)


@dataclass(frozen=True)
class Measure:
    scheme: str
    colour: str
    ground: str
    needed: float
    found: float

    @property
    def holds(self) -> bool:
        # As people read it: 6.96 is 7.0.
        return round(self.found, 1) >= self.needed

    def __str__(self) -> str:
        return f"{self.scheme}: {self.colour} on {self.ground} has {self.found:.1f}:1, needs {self.needed:g}:1"


def measured(palette: Palette) -> list[Measure]:
    """Every rule in both schemes. A colour that the file does not name measures 1, the least there is."""
    made = []
    for scheme in SCHEMES:
        named = palette[scheme]
        for colour, ground, needed in RULES:
            known = colour in named and ground in named
            made.append(Measure(scheme, colour, ground, needed, named[colour].on(named[ground]) if known else 1.0))
    return made
