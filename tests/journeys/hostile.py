"""Everything that has ever pulled a page out of shape, in one thread, as an import would bring it."""

import json
from pathlib import Path
from typing import Any

WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
# As long as a title may be, without a place to break it.
TITLE = (WORD * 3)[:188] + " مرحبا 🦊"
AUTHORS = ("👩‍👩‍👧‍👦🏳️‍🌈🔥", "W" * 60, "‮Mirror", "Z̷̧̛̮͓̹̻̐̈́̓a̸̢͍̭̐̈́l̶̰̈́g̷̙̈o̵̱̓", "عبد الرحمن", "iiiiiiiiiiiiiiiiiiii")

BODIES = {
    "a long word": WORD * 30,
    "a long address": "https://example.org/" + "a/b-c_d." * 60 + "?q=" + "x" * 400,
    "emphasis without end": f"**{WORD * 4}** and `{WORD * 4}` and ~~{WORD * 4}~~",
    "deep quotes": "\n".join(">" * depth + f" said {depth}" for depth in range(1, 24)),
    "fifty quotes": ">" * 50 + " said long ago",
    "a wide table": "|" + "|".join(f"column {number}" for number in range(40)) + "|\n" + "|---" * 40 + "|\n"
    + ("|" + "|".join(WORD[:30] for _column in range(40)) + "|\n") * 5,
    "wide code": "```python\n" + f"value = {'x' * 200}  # {'y' * 200}\n" * 20 + "```",
    "code in a list in a quote": "> 1. one\n>    - two\n>\n>      ```\n>      " + "z" * 300 + "\n>      ```",
    "deep lists": "\n".join("  " * depth + f"- level {depth} {WORD}" for depth in range(10)),
    "right to left among left to right": "Press مرحبا بالعالم `رمز` then עברית **and** go. " * 10,
    "right to left": "اضغط على الزر ثم انتظر قليلا حتى يظهر الرمز الأخضر. " * 12 + "\n\n1. واحد\n2. `code` اثنان",
    "marks upon marks": "Z̷̧̛̮͓̹̻̐̈́̓a̸̢͍̭̐̈́l̶̰̈́g̷̙̈o̵̱̓ " * 60,
    "little pictures": "👩‍👩‍👧‍👦" * 120 + " 🏳️‍🌈" * 60,
    "nothing to break at": "\u00a0".join(["held"] * 120),
    "no width": "a\u200b\u2060\ufeff" * 300,
    "headings": "\n\n".join("#" * level + " " + WORD for level in range(1, 7)),
    "pictures that are not there": f"![{WORD * 2}](/attachments/{'0' * 8}-0000-4000-8000-{'0' * 12}/none.png) " * 3,
    "a footnote": f"Word[^1]\n\n[^1]: {WORD * 3}",
}  # fmt: skip


def thread() -> dict[str, Any]:
    posts = [
        {
            "number": number,
            "author": AUTHORS[number % len(AUTHORS)],
            "created_at": f"2026-01-{number:02}T09:00:00+00:00",
            "body": body,
        }
        for number, body in enumerate(BODIES.values(), 1)
    ]
    return {"id": "hostile", "title": TITLE, "created_at": posts[0]["created_at"], "posts": posts}


def write(file: Path) -> Path:
    file.write_text(json.dumps(thread()) + "\n")
    return file
