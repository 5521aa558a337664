"""Pictures people bring: looked at before they are decoded, then drawn anew, so that only what can be seen is kept."""

import io
from dataclasses import dataclass
from threading import Lock

from django.utils.translation import gettext_lazy as _
from PIL import GifImagePlugin, Image, ImageOps, ImageSequence, UnidentifiedImageError

from community.limits import TooOften
from community.policy import Invalid

# Four bytes a pixel when decoded, and some formats keep several copies: none may need more than 200 MB.
MOST_PIXELS = {"JPEG": 40_000_000, "PNG": 20_000_000, "GIF": 12_000_000}
MOST_PIXELS_OF_OTHERS = 8_500_000
MOST_FRAMES = 100
# A 4K screen. Larger photographs are made smaller, because nobody can see the difference in a post.
LONGEST_EDGE = 3840
# Photographs can be decoded at half or a quarter of their size; this size or the next larger one is.
DECODED_EDGE = 2400

READ = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF")
# What each is kept as: (format, media type, ending, how it is written).
KEPT_AS = {
    "JPEG": ("JPEG", "image/jpeg", "jpg", {"quality": 88}),
    "PNG": ("PNG", "image/png", "png", {}),
    "WEBP": ("WEBP", "image/webp", "webp", {"quality": 88, "method": 2}),
    "GIF": ("GIF", "image/gif", "gif", {}),
}

# Frames that share a palette keep it, which spares looking for 256 colours in each of them.
GifImagePlugin.LOADING_STRATEGY = GifImagePlugin.LoadingStrategy.RGB_AFTER_DIFFERENT_PALETTE_ONLY

# One at a time in a process: eight people with large pictures must not need eight times the memory.
one_at_a_time = Lock()
PATIENCE = 5  # seconds


@dataclass
class Picture:
    data: bytes
    content_type: str
    ending: str
    width: int
    height: int


def redrawn(data: bytes) -> Picture | None:
    """The picture in `data`, upright and without anything hidden in it; None if it is no picture.

    Raises Invalid("file", …) for one that is too large, broken, or moves for too long; TooOften when many come at once.
    """
    try:
        image = Image.open(io.BytesIO(data), formats=READ)
    except Image.DecompressionBombError:
        raise too_many_pixels(MOST_PIXELS["JPEG"]) from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError):
        return None
    if image.width * image.height > pixels_allowed(image):
        raise too_many_pixels(pixels_allowed(image))
    if not one_at_a_time.acquire(timeout=PATIENCE):
        raise TooOften(retry_after=PATIENCE)
    try:
        with image:
            return drawn(image)
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError, TypeError, OverflowError):
        raise Invalid("file", _("This picture is broken: it cannot be read to its end.")) from None
    finally:
        one_at_a_time.release()


def drawn(image: Image.Image) -> Picture:
    written, content_type, ending, options = KEPT_AS.get(image.format or "", KEPT_AS["PNG"])
    out = io.BytesIO()
    if written in ("GIF", "WEBP") and frame_count(image) > 1:
        frames = [bare(frame.copy()) for frame in ImageSequence.Iterator(image)]
        first, more = frames[0], frames[1:]
        times = [frame.info.get("duration", 100) for frame in frames]
        options = options | {"save_all": True, "append_images": more, "duration": times, "loop": 0}
        if written == "GIF":
            options["disposal"] = 2
    else:
        if written == "JPEG":
            image.draft(None, (DECODED_EDGE, DECODED_EDGE))
            image.thumbnail((LONGEST_EDGE, LONGEST_EDGE), reducing_gap=None)
        ImageOps.exif_transpose(image, in_place=True)
        first = bare(image)
    if written == "JPEG" and first.mode not in ("L", "RGB"):
        first = first.convert("RGB")
    if first.mode not in ("1", "L", "LA", "P", "RGB", "RGBA"):
        first = first.convert("RGB")
    first.save(out, written, **options)
    return Picture(out.getvalue(), content_type, ending, first.width, first.height)


def frame_count(image: Image.Image) -> int:
    """How many frames there are, counting no further than what is too many. Raises Invalid beyond."""
    count = 1
    try:
        while True:
            image.seek(count)
            count += 1
            if count > MOST_FRAMES or count * image.width * image.height > pixels_allowed(image):
                raise Invalid("file", _("This moving picture is too long. Send a shorter or a smaller one."))
    except EOFError:
        image.seek(0)
        return count


def bare(frame: Image.Image) -> Image.Image:
    """The frame without what cameras and programs write beside it: place, time, comments, profiles."""
    seen = {name: frame.info[name] for name in ("transparency", "duration") if name in frame.info}
    frame.info = seen
    return frame


def pixels_allowed(image: Image.Image) -> int:
    return MOST_PIXELS.get(image.format or "", MOST_PIXELS_OF_OTHERS)


def too_many_pixels(allowed: int) -> Invalid:
    words = _("This picture has more than %(count)s million pixels. Make it smaller, or send a part of it.")
    return Invalid("file", words % {"count": allowed // 1_000_000})
