"""A language that is made up: every word of the house stands between marks, and what stands outside was not wrapped."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from unittest.mock import patch

from django.utils import translation

OPEN, CLOSE = "⟦", "⟧"
MARK = re.compile(f"[{OPEN}{CLOSE}]")
WORD = re.compile(r"[A-Za-z]{2,}")
# What is read aloud or seen without being text of the page.
SPOKEN = {"aria-label", "aria-description", "aria-roledescription", "title", "placeholder", "alt", "label"}
# Code, times, and what people wrote: posts, names, titles, and everything that says itself which language it is in.
NOT_OURS = {"script", "style", "code", "pre", "kbd", "bdi", "svg", "time"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


@contextmanager
def speaking_between_marks() -> Iterator[None]:
    """Whatever goes through gettext comes out marked; what it is filled with is filled in within the marks."""

    def marked(say):
        def said(*arguments):
            text = say(*arguments)
            return f"{OPEN}{text}{CLOSE}" if text else text

        return said

    names = ("gettext", "ngettext", "pgettext", "npgettext")
    # They are looked up once and kept there; the first look brings the real ones in.
    real = {name: getattr(translation._trans, name) for name in names}
    with patch.multiple(translation._trans, **{name: marked(say) for name, say in real.items()}):
        yield


class Outside(HTMLParser):
    """Collects what is seen or heard outside of the marks."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.depth = 0
        self.within: list[tuple[str, bool]] = []

    @property
    def theirs(self) -> bool:
        return any(theirs for _, theirs in self.within)

    def handle_starttag(self, tag, attributes):
        told = dict(attributes)
        theirs = (
            tag in NOT_OURS
            or told.get("dir") in {"auto", "ltr"}
            or ("lang" in told and tag != "html")
            or told.get("name") == "time_zone"
        )
        if not (theirs or self.theirs):
            for name, value in attributes:
                if value and (name in SPOKEN or (name.startswith("data-") and "words" in name)):
                    self.found += outside(value)
            if tag == "input" and told.get("type") in {"submit", "button"}:
                self.found += outside(told.get("value") or "")
        if tag not in VOID:
            self.within.append((tag, theirs))

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag):
        while self.within and tag in [name for name, _ in self.within]:
            if self.within.pop()[0] == tag:
                break

    def handle_data(self, data):
        # A sentence may have elements in it, so its marks open in one text and close in another.
        texts, self.depth = split(data, self.depth)
        if not self.theirs:
            self.found += texts


def split(text: str, depth: int = 0) -> tuple[list[str], int]:
    """What of `text` stands outside of marks, `depth` of which are open before it."""
    pieces, begin = [], 0
    for mark in [*MARK.finditer(text), None]:
        piece = text[begin : mark.start() if mark else len(text)]
        if depth == 0 and WORD.search(piece):
            pieces.append(piece.strip())
        if mark:
            depth = depth + 1 if mark[0] == OPEN else max(depth - 1, 0)
            begin = mark.end()
    return pieces, depth


def outside(value: str) -> list[str]:
    return split(value)[0]


def unwrapped(html: str) -> list[str]:
    reading = Outside()
    reading.feed(html)
    reading.close()
    return reading.found
