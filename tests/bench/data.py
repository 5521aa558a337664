"""Threads to measure with: as many as a young community has, and one long one."""

import json
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

TEXT = (
    "relay key slot machine mail server console device version update signing queue error timeout "
    "connection phone network calendar account backup restore log window service address token session "
    "keys expired retry proxy"
)
WORDS = TEXT.split()
CODE = "```python\nfor slot in relay.slots():\n    if slot.expired:\n        slot.release()\n```"
THREADS = 400
LONG = 200


def paragraph(random_: random.Random) -> str:
    return " ".join(random_.choice(WORDS) for _ in range(random_.randint(40, 90))).capitalize() + "."


def text(random_: random.Random) -> str:
    parts = [paragraph(random_), paragraph(random_)]
    if random_.random() < 0.2:
        parts.insert(1, CODE)
    if random_.random() < 0.2:
        parts.append("- one\n- **two**\n- [three](https://relay.example/three)")
    return "\n\n".join(parts)


def write(path: Path) -> None:
    """A file for import_threads: THREADS threads of 5 to 30 posts, the first of LONG; the same every time."""
    random_ = random.Random(4127)
    began = datetime(2026, 1, 5, 8, tzinfo=UTC)
    with path.open("w", encoding="utf-8") as lines:
        for number in range(1, THREADS + 1):
            asked_at = began + timedelta(hours=number)
            count = LONG if number == 1 else 20 if number == 2 else random_.randint(5, 30)
            posts = [
                {
                    "number": place,
                    "author": f"writer-{random_.choice('abcdefghjkmnpqrtuvwxyz')}{random_.choice('abcdefghjk')}",
                    "created_at": (asked_at + timedelta(minutes=place)).isoformat(),
                    "body": text(random_),
                }
                for place in range(1, count + 1)
            ]
            title = " ".join(random_.choice(WORDS) for _ in range(6)).capitalize()
            thread = {"id": number, "title": title, "created_at": asked_at.isoformat(), "posts": posts}
            lines.write(json.dumps(thread) + "\n")
