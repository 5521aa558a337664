"""Draws the pictures of the demo when it is loaded, so that the project carries none."""

from collections.abc import Callable
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

PAPER, INK, SOFT, RULE = "#ffffff", "#1b1f24", "#5b6470", "#c9ced6"
WASH, WARN, GOOD = "#f1f3f6", "#a86400", "#2f7d4f"
# Drawn at twice the size it is shown at, so that it is sharp on good screens.
SCALE = 2

type Pen = ImageDraw.ImageDraw
PICTURES: dict[str, tuple[tuple[int, int], Callable[[Pen], None]]] = {}


def picture(name: str, *, width: int, height: int):
    def register(drawing: Callable[[Pen], None]):
        PICTURES[name] = ((width, height), drawing)
        return drawing

    return register


def draw(name: str) -> bytes:
    """The picture as a PNG. KeyError for one that nobody has drawn."""
    (width, height), drawing = PICTURES[name]
    image = Image.new("RGB", (width * SCALE, height * SCALE), PAPER)
    drawing(ImageDraw.Draw(image))
    file = BytesIO()
    image.save(file, "PNG", optimize=True)
    return file.getvalue()


def write(pen: Pen, x: float, y: float, text: str, *, size: int = 13, colour: str = INK, anchor: str = "la") -> None:
    font = ImageFont.load_default(size * SCALE)
    pen.text((x * SCALE, y * SCALE), text, fill=colour, font=font, anchor=anchor)


def box(pen: Pen, x: float, y: float, width: float, height: float, *, fill: str = PAPER, edge: str = RULE) -> None:
    corners = (x * SCALE, y * SCALE, (x + width) * SCALE, (y + height) * SCALE)
    pen.rounded_rectangle(corners, radius=4 * SCALE, fill=fill, outline=edge, width=SCALE)


def line(pen: Pen, *points: tuple[float, float], colour: str = INK, width: int = 2, dashed: bool = False) -> None:
    scaled = [(x * SCALE, y * SCALE) for x, y in points]
    if not dashed:
        pen.line(scaled, fill=colour, width=width * SCALE)
        return
    (x, y), (to_x, to_y) = scaled
    pieces = max(2, int(((to_x - x) ** 2 + (to_y - y) ** 2) ** 0.5 // (7 * SCALE)))
    for piece in range(0, pieces, 2):
        start, end = piece / pieces, min(1, (piece + 1) / pieces)
        ends = [(x + (to_x - x) * part, y + (to_y - y) * part) for part in (start, end)]
        pen.line(ends, fill=colour, width=width * SCALE)


@picture("slot-table", width=600, height=220)
def slot_table(pen: Pen) -> None:
    for left, heading, rows in (
        (16, "Before", [("1", "dispatch-old", "expired", WARN), ("2", "dispatch-old", "expired", WARN)]),
        (312, "After", [("1", "dispatch-2", "valid until 2028", GOOD), ("2", "dispatch-2", "valid until 2028", GOOD)]),
    ):
        write(pen, left, 16, heading, size=15)
        box(pen, left, 44, 272, 152)
        for x, word in ((12, "Slot"), (56, "Machine"), (156, "State")):
            write(pen, left + x, 56, word, size=12, colour=SOFT)
        for row, (slot, machine, state, colour) in enumerate(rows):
            y = 84 + row * 52
            line(pen, (left + 1, y), (left + 271, y), colour=RULE, width=1)
            write(pen, left + 12, y + 16, slot)
            write(pen, left + 56, y + 16, machine)
            write(pen, left + 156, y + 16, state, colour=colour)


@picture("push-timeline", width=600, height=200)
def push_timeline(pen: Pen) -> None:
    start, end = 130, 570
    for y, label, alive in ((60, "if_closed", [(0, 7), (28, 30)]), (120, "always, 240 s", [(0, 7), (7.3, 30)])):
        write(pen, 16, y - 8, label)
        line(pen, (start, y), (end, y), colour=RULE, width=1)
        for first, last in alive:
            here, there = (start + minute / 30 * (end - start) for minute in (first, last))
            line(pen, (here, y), (there, y), colour=GOOD, width=6)
    change = start + 7 / 30 * (end - start)
    line(pen, (change, 30), (change, 150), colour=WARN, dashed=True)
    write(pen, change + 6, 22, "the phone changes network", size=12, colour=WARN)
    for minute in range(0, 31, 5):
        x = start + minute / 30 * (end - start)
        write(pen, x, 160, str(minute), size=12, colour=SOFT, anchor="ma")
    write(pen, end, 178, "minutes", size=12, colour=SOFT, anchor="ra")


@picture("relay-route", width=600, height=200)
def relay_route(pen: Pen) -> None:
    for x, y, name in ((24, 32, "Harbour A"), (24, 120, "Harbour B"), (330, 32, "relay A"), (330, 120, "relay B")):
        box(pen, x, y, 130, 48, fill=WASH)
        write(pen, x + 65, y + 24, name, anchor="mm")
    line(pen, (154, 56), (330, 56))
    line(pen, (154, 144), (330, 66))
    line(pen, (154, 150), (330, 150), dashed=True, colour=SOFT)
    write(pen, 200, 156, "only if A is down", size=12, colour=SOFT)
    line(pen, (460, 56), (570, 56))
    line(pen, (460, 144), (570, 144), dashed=True, colour=SOFT)
    write(pen, 480, 36, "outside", size=12, colour=SOFT)


@picture("calendar-double", width=600, height=240)
def calendar_double(pen: Pen) -> None:
    for column, day in enumerate(("Mon", "Tue", "Wed", "Thu", "Fri")):
        x = 20 + column * 114
        write(pen, x + 4, 14, day, size=12, colour=SOFT)
        line(pen, (x, 34), (x, 228), colour=RULE, width=1)
        for lesson in range(3):
            y = 44 + lesson * 58 + (column % 2) * 14
            box(pen, x + 4, y, 50, 40, fill="#e6eef8", edge="#7fa3cf")
            box(pen, x + 56, y, 50, 40, fill="#f7ecd9", edge="#d2a964")
            write(pen, x + 29, y + 20, f"7{'abc'[lesson]}", size=12, anchor="mm")
            write(pen, x + 81, y + 20, f"7{'abc'[lesson]}", size=12, anchor="mm")
