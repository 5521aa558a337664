"""The four pictures of the README, small enough for a slow line."""

from io import BytesIO
from pathlib import Path

from PIL import Image

from tests.sights.eyes import ARABIC, ENGLISH, NARROW, WIDE, Eyes
from tests.sights.pages import SIGHTS

from .taking import ALL_PICTURES

# file: sight, language, window, scheme
FOUR = {
    "thread": ("thread-asker", ENGLISH, WIDE, "light"),
    "list": ("list", ENGLISH, WIDE, "dark"),
    "phone": ("thread-asker", ENGLISH, NARROW, "light"),
    "arabic": ("list", ARABIC, NARROW, "light"),
}
# In bytes and pixels.
LARGEST, WIDTH = 60_000, 1000


def make(eyes: Eyes, folder: Path) -> None:
    sights = {sight.name: sight for sight in SIGHTS}
    for name, (sight, language, viewport, scheme) in FOUR.items():
        with eyes.on(sights[sight], language=language, viewport=viewport) as page:
            page.evaluate(ALL_PICTURES)
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            (folder / f"{name}.webp").write_bytes(small(page.screenshot()))


def small(picture: bytes) -> bytes:
    """As good as fits."""
    image = Image.open(BytesIO(picture))
    image.thumbnail((WIDTH, WIDTH), Image.Resampling.LANCZOS)
    for quality in (90, 80, 70, 60, 50, 40):
        image.save(written := BytesIO(), "WEBP", quality=quality, method=6)
        if written.tell() < LARGEST:
            return written.getvalue()
    raise ValueError(f"{written.tell()} bytes are too many for a picture in a README")
