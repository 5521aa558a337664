"""The part of a text where the words were found, with the words marked."""

import re
from collections.abc import Iterable

from django.utils.html import escape, format_html_join
from django.utils.safestring import SafeString, mark_safe

BEFORE = 60


def found_in(text: str, words: Iterable[str], length: int = 240) -> SafeString:
    """About `length` characters of plain text round the first word found; each word that begins so in <mark>."""
    asked = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    pattern = re.compile(rf"(?<!\w)(?:{asked})\w*" if asked else r"(?!)", re.I)
    first = pattern.search(text)
    start = max(0, first.start() - BEFORE) if first else 0
    if start:
        start = text.find(" ", start) + 1 or start
    part = text[start : start + length]
    pieces = []
    at = 0
    for hit in pattern.finditer(part):
        pieces.append((mark_safe(escape(part[at : hit.start()])), hit.group()))
        at = hit.end()
    marked = format_html_join("", "{}<mark>{}</mark>", pieces)
    before, after = "… " if start else "", " …" if len(text) > start + length else ""
    return mark_safe(f"{before}{marked}{escape(part[at:])}{after}")
