"""The mark of the house as pictures, for places that take no SVG: home screens and the lists of apps."""

from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw

PAPER, INK = "#fcfcfa", "#1b1a17"
# Square, circle and diamond as in static/forum/mark.svg, further apart: a large picture shows where they touch.
SQUARE = ((1.0, 6.0), (5.0, 6.0), (5.0, 10.0), (1.0, 10.0))
CIRCLE = ((7.9, 8.0), 2.15)
DIAMOND = ((13.6, 5.2), (16.4, 8.0), (13.6, 10.8), (10.8, 8.0))
MIDDLE = 8.7
# How much of the width the mark takes. A mask cuts away all but the middle four fifths; elsewhere the mark fills more.
WIDTHS = {"any": 0.78, "maskable": 0.6}
# Drawn larger and made small again, because the drawing itself knows no half-filled dots.
FINER = 4


@cache
def icon(size: int, purpose: str = "any") -> bytes:
    """A PNG, `size` dots wide and high, ink on paper to its edges."""
    across = size * FINER
    unit = across * WIDTHS[purpose] / 15.4

    def at(point: tuple[float, float]) -> tuple[float, float]:
        return across / 2 + (point[0] - MIDDLE) * unit, across / 2 + (point[1] - 8) * unit

    picture = Image.new("RGB", (across, across), PAPER)
    pen = ImageDraw.Draw(picture)
    pen.polygon([at(point) for point in SQUARE], fill=INK)
    pen.polygon([at(point) for point in DIAMOND], fill=INK)
    centre, radius = CIRCLE
    pen.circle(at(centre), radius * unit, fill=INK)
    file = BytesIO()
    picture.resize((size, size), Image.Resampling.LANCZOS).quantize(32).save(file, "PNG", optimize=True)
    return file.getvalue()
