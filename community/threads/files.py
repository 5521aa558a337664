"""Files people bring: what they are is read from what is in them, never from what they are called."""

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.utils.translation import gettext_lazy as _

from community.policy import Invalid

from .pictures import redrawn

LARGEST_PICTURE = 8 * 2**20  # bytes
LARGEST_FILE = 10 * 2**20
LONGEST_NAME = 80

# (how it begins, media type, endings it may keep; the first is given to all others)
SIGNATURES = (
    (b"%PDF-", "application/pdf", ("pdf",)),
    (b"PK\x03\x04", "application/zip", ("zip", "docx", "xlsx", "pptx", "odt", "ods")),
    (b"\x1f\x8b\x08", "application/gzip", ("gz", "tgz")),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed", ("7z",)),
)
TEXTS = {
    "csv": "text/csv",
    "json": "application/json",
    **dict.fromkeys(("txt", "log", "md", "ini", "cfg", "conf", "yaml", "yml", "toml", "diff", "patch"), "text/plain"),
}
PICTURE = re.compile(rb"\x89PNG|\xff\xd8\xff|GIF8|RIFF....WEBP|BM|II\*\0|MM\0\*", re.DOTALL)
# A browser would run these as a page, wherever it finds them.
MARKUP = re.compile(r"<(?:!doctype|\?xml|html|head|body|svg|script|iframe|xsl:|math|!entity)\b", re.IGNORECASE)
# Tabs, line ends, and the escapes with which programs colour their logs.
NOT_TEXT = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


@dataclass
class Examined:
    """A file as it is kept. `width` and `height` in pixels for pictures, None for all others."""

    data: bytes
    name: str
    content_type: str
    width: int | None = None
    height: int | None = None


def examine(data: bytes, name: str) -> Examined:
    """Raises Invalid("file", …) for what cannot be taken, with a reason that says what can."""
    if not data:
        raise Invalid("file", _("This file is empty."))
    if PICTURE.match(data):
        if len(data) > LARGEST_PICTURE:
            raise too_large(LARGEST_PICTURE)
        if picture := redrawn(data):
            named = safe_name(name, (picture.ending,))
            return Examined(picture.data, named, picture.content_type, picture.width, picture.height)
    if len(data) > LARGEST_FILE:
        raise too_large(LARGEST_FILE)
    for beginning, content_type, endings in SIGNATURES:
        if data.startswith(beginning):
            return Examined(data, safe_name(name, endings), content_type)
    return examined_text(data, name)


def examined_text(data: bytes, name: str) -> Examined:
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise not_taken() from None
    if NOT_TEXT.search(text):
        raise not_taken()
    if text.lstrip().startswith("<") and MARKUP.search(text, 0, 20_000):
        raise Invalid("file", _("Web pages, SVG and XML are taken inside a zip file only, because browsers run them."))
    named = safe_name(name, ("txt", *(ending for ending in TEXTS if ending != "txt")))
    return Examined(text.encode(), named, TEXTS[named.rsplit(".", 1)[-1]])


def safe_name(name: str, endings: tuple[str, ...]) -> str:
    """A name that is safe in an address, in Markdown and on a disk, with an ending that tells the truth."""
    last = PurePosixPath(name.replace("\\", "/")).name
    stem, _dot, ending = last.rpartition(".")
    if ending.lower() not in endings:
        stem, ending = (stem or ending), endings[0]
    stem = re.sub(r"[^\w.-]+|\.{2,}", "-", stem).strip("-._")
    return f"{stem[:LONGEST_NAME] or 'file'}.{ending.lower()}"


def too_large(limit: int) -> Invalid:
    return Invalid("file", _("This file has more than %(count)s MB.") % {"count": limit // 2**20})


def not_taken() -> Invalid:
    words = _("This kind of file is not taken. Pictures, text, logs, CSV, JSON, PDF and archives (zip, gz, 7z) are.")
    return Invalid("file", words)
