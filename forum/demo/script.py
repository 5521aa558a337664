"""Reads a thread of the demo: a header, then steps that say how long ago who did what, and the words they wrote."""

import re
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

THREADS = Path(__file__).with_name("threads")
STEP = re.compile(r"@ (?P<age>(?:\d+ (?:d|h|min) )+)ago, (?P<sentence>.+)")
UNITS = {"d": "days", "h": "hours", "min": "minutes", "s": "seconds"}


class Unreadable(ValueError):
    """A thread file says something the loader does not understand; the message names the file and the line."""


@dataclass(frozen=True, kw_only=True)
class Step:
    script: "Script"
    line: int
    age: timedelta
    sentence: str
    body: str

    def __str__(self) -> str:
        return f"{self.script.name}, line {self.line}: {self.sentence}"


@dataclass(kw_only=True)
class Script:
    """One thread. `header` holds title, space, genre, product, platform, tags and the like, as text."""

    name: str
    header: dict[str, str]
    steps: list[Step] = field(default_factory=list)


def read_all(folder: Path = THREADS) -> list[Script]:
    """All threads of a folder. A file whose header is only `continues: name` adds its steps to that thread."""
    scripts: dict[str, Script] = {}
    for path in sorted(folder.glob("*.md")):
        head, *rest = re.split(r"^(?=@ )", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        header = read_header(path, head)
        name = header.get("continues") or path.name.split(".")[0]
        script = scripts.setdefault(name, Script(name=name, header=header))
        line = head.count("\n") + 1
        for part in rest:
            script.steps.append(read_step(script, part, path, line))
            line += part.count("\n")
    return list(scripts.values())


def read_header(path: Path, text: str) -> dict[str, str]:
    header = {}
    for line in filter(None, text.splitlines()):
        key, colon, value = line.partition(":")
        if not colon:
            raise Unreadable(f"{path.name}: the header has a line without a colon: {line}")
        header[key.strip()] = value.strip()
    return header


def read_step(script: Script, part: str, path: Path, line: int) -> Step:
    first, _, body = part.partition("\n")
    match = STEP.fullmatch(first.strip())
    if not match:
        raise Unreadable(f"{path.name}, line {line}: not a step: {first}")
    return Step(script=script, line=line, age=read_age(match["age"]), sentence=match["sentence"], body=body.strip())


def read_age(text: str) -> timedelta:
    """`2 d 4 h` as a length of time."""
    ages = re.findall(r"(\d+) (d|h|min|s)\b", text)
    return timedelta(**{UNITS[unit]: int(count) for count, unit in ages})
