"""What an edit changed, as words that went and words that came."""

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass

WORDS = re.compile(r"\s*\w+|\s*[^\w\s]|\s+")
# Comparing takes the square of what is compared. Longer passages are shown as replaced as a whole.
MOST_WORDS = 400
MOST_WORDS_TOGETHER = 2_000
MOST_LINES = 1_000


@dataclass
class Change:
    """`kind` is "same", "gone" or "came"."""

    kind: str
    text: str


def changes_between(before: str, after: str) -> list[Change]:
    """The two texts woven into one: first by lines, then, within lines that changed, by words."""
    changes: list[Change] = []
    for change in woven_by_line(before, after):
        if not change.text:
            continue
        if changes and changes[-1].kind == change.kind:
            changes[-1].text += change.text
        else:
            changes.append(change)
    return changes


def woven_by_line(before: str, after: str) -> Iterator[Change]:
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    if max(len(old), len(new)) > MOST_LINES:
        yield from replaced(before, after)
        return
    compared = 0
    for tag, a, b, c, d in difflib.SequenceMatcher(None, old, new).get_opcodes():
        if tag == "equal":
            yield Change("same", "".join(old[a:b]))
            continue
        went, came = WORDS.findall("".join(old[a:b])), WORDS.findall("".join(new[c:d]))
        longest = max(len(went), len(came))
        compared += longest
        if longest > MOST_WORDS or compared > MOST_WORDS_TOGETHER:
            yield from replaced("".join(went), "".join(came))
        else:
            yield from woven_by_word(went, came)


def woven_by_word(old: list[str], new: list[str]) -> Iterator[Change]:
    for tag, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Change("same", "".join(old[a:b]))
        else:
            yield from replaced("".join(old[a:b]), "".join(new[c:d]))


def replaced(before: str, after: str) -> Iterator[Change]:
    yield Change("gone", before)
    yield Change("came", after)
