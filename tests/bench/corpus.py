"""Threads to measure with: the same ones every time, as a file for import_threads."""

import json
import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate, product
from pathlib import Path

TEXT = (
    "relay key slot machine mail server console device version update signing queue error timeout "
    "connection phone network calendar account backup restore log window service address token session "
    "keys expired retry proxy"
)
SYLLABLES = [consonant + vowel for consonant in "bdgklmst" for vowel in "aeo"]
# As in a language: a few words are everywhere, most are rare, and what one searches for lies between.
WORDS = ["".join(parts) for parts in product(SYLLABLES, repeat=3)]
WORDS[100:100] = TEXT.split()
HOW_OFTEN = list(accumulate(1 / (rank + 10) for rank in range(len(WORDS))))
CODE = "```python\nfor slot in relay.slots():\n    if slot.expired:\n        slot.release()\n```"
BEGAN = datetime(2020, 1, 5, 8, tzinfo=UTC)


@dataclass(frozen=True)
class Size:
    """The first thread has `longest` posts, the second twenty; the others share what is left of `posts`."""

    threads: int
    posts: int
    authors: int
    longest: int


SIZES = {
    "small": Size(threads=1_000, posts=20_000, authors=500, longest=200),
    "big": Size(threads=19_000, posts=100_000, authors=500, longest=20_000),
    "tiny": Size(threads=25, posts=150, authors=5, longest=101),
}


def write(path: Path, size: Size) -> None:
    dice = random.Random(4127)
    left = size.posts - size.longest - 20 - (size.threads - 2)
    counts = [1] * (size.threads - 2)
    for _ in range(left):
        counts[dice.randrange(len(counts))] += 1
    with path.open("w", encoding="utf-8") as lines:
        for number, count in enumerate([size.longest, 20, *counts], 1):
            asked_at = BEGAN + timedelta(hours=2 * number)
            posts = [
                {
                    "number": place,
                    "author": f"writer-{dice.randrange(size.authors)}",
                    "created_at": (asked_at + timedelta(minutes=place)).isoformat(),
                    "body": text(dice),
                }
                for place in range(1, count + 1)
            ]
            title = words(dice, 6).capitalize()
            thread = {"id": number, "title": title, "created_at": asked_at.isoformat(), "posts": posts}
            lines.write(json.dumps(thread) + "\n")


def text(dice: random.Random) -> str:
    parts = [paragraph(dice), paragraph(dice)]
    if dice.random() < 0.18:
        parts.insert(1, CODE)
    if dice.random() < 0.2:
        parts.append("- one\n- **two**\n- [three](https://relay.example/three)")
    return "\n\n".join(parts)


def paragraph(dice: random.Random) -> str:
    return words(dice, dice.randint(40, 90)).capitalize() + "."


def words(dice: random.Random, count: int) -> str:
    return " ".join(dice.choices(WORDS, cum_weights=HOW_OFTEN, k=count))
