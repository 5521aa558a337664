"""The part of a text where the words were found, with the words marked."""

import re
from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString, mark_safe

BEFORE = 60


def beginning_with(words: Iterable[str]) -> re.Pattern[str]:
    """What finds the words of a text that begin with one of these."""
    asked = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<!\w)((?:{asked})\w*)" if asked else r"((?!))", re.I)


def found_in(text: str, sought: re.Pattern[str], length: int = 240) -> SafeString:
    """About `length` characters of plain text round the first word that is sought; each that is in <mark>."""
    first = sought.search(text)
    start = max(0, first.start() - BEFORE) if first else 0
    if start:
        start = text.find(" ", start) + 1 or start
    part = text[start : start + length]
    # Every second piece is a word that is sought.
    pieces = enumerate(map(escape, sought.split(part)))
    marked = "".join(f"<mark>{piece}</mark>" if place % 2 else piece for place, piece in pieces)
    before, after = "… " if start else "", " …" if len(text) > start + length else ""
    # Each piece has been escaped above.
    return mark_safe(f"{before}{marked}{after}")
