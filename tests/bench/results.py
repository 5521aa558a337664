"""The table that is read now, and the small file that is kept, so that the trend is seen."""

import json
import os
import platform
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from rich.table import Table

from .rows import AT_THE_DOOR, MADE_ANEW, Row

KEPT_IN = Path(__file__).parent / "results"
FIGURES = ("connections", "requests/s", "x nothing", "p50 ms", "p99 ms", "CPU ms", "bytes", "queries", "MiB", "refused")


def table(title: str, rows: Iterable[Row]) -> Table:
    shown = Table(title=title)
    shown.add_column("what", overflow="fold")
    for heading in FIGURES:
        shown.add_column(heading, justify="right")
    shown.add_column("goal", overflow="fold")
    for row in rows:
        shown.add_row(
            row.name,
            str(row.width),
            figure(row.rate or None, 1),
            figure(row.beside, 2),
            figure(row.p50 or None, 1),
            figure(row.p99 or None, 1),
            figure(row.cpu, 2),
            figure(row.size, 0),
            figure(row.queries, 0),
            figure(row.memory, 0),
            str(row.refused),
            goal_of(row),
        )
    return shown


def beside(ours: list[Row], theirs: Iterable[Row]) -> Iterator[Row]:
    """Each row of another, beside each row of ours that does the same: at the door, made anew, or as it is called."""
    for row in theirs:
        ways = {f"{row.name}{way}": way for way in ("", AT_THE_DOOR, MADE_ANEW)}
        same = [(ways[own.name], own) for own in ours if own.name in ways and own.width == row.width]
        told = [replace(row, name=f"{row.name} ÷ ours{way}", beside=ratio(row, own)) for way, own in same]
        yield from told or [row]


def ratio(theirs: Row, ours: Row) -> float | None:
    """Of the CPU; where nothing was asked, of the memory."""
    above, below = (row.cpu if row.cpu is not None else row.memory for row in (theirs, ours))
    return above / below if above and below else None


def figure(value: float | None, digits: int) -> str:
    return "" if value is None else f"{value:,.{digits}f}"


def goal_of(row: Row) -> str:
    if row.goal is None:
        return ""
    sign = "≥" if row.goal.at_least else "≤"
    told = {True: "[green]met[/green]", False: "[red]missed[/red]", None: ""}[row.is_met]
    name = {"cpu": "CPU", "memory": "MiB", "rate": "a second"}.get(row.goal.figure, row.goal.figure)
    return f"{name} {sign} {row.goal.bound:,.4g}: {told}"


def keep(name: str, seconds: float, forms: dict[str, list[Row]], folder: Path = KEPT_IN) -> Path:
    """One line a row, rounded: what changed between two runs is seen in a diff."""
    folder.mkdir(exist_ok=True)
    now = datetime.now(UTC)
    path = folder / f"{now:%Y-%m-%d}-{name}.json"
    told = {
        "at": f"{now:%Y-%m-%dT%H:%MZ}",
        "commit": commit(),
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "busy": round(os.getloadavg()[1], 1),
        "seconds": seconds,
    }
    lines = [f'"{name}": {json.dumps(value)}' for name, value in told.items()]
    for form, rows in forms.items():
        each = ",\n".join("    " + json.dumps(plain(row), ensure_ascii=False) for row in rows)
        lines.append(f'"{form}": [\n{each}\n  ]')
    path.write_text("{\n  " + ",\n  ".join(lines) + "\n}\n", encoding="utf-8")
    return path


def plain(row: Row) -> dict:
    figures = {name: value for name, value in vars(row).items() if name != "goal" and value not in (None, 0)}
    rounded = {name: round(value, 2) if isinstance(value, float) else value for name, value in figures.items()}
    return rounded | ({"met": row.is_met} if row.goal else {})


def commit() -> str:
    asked = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, cwd=KEPT_IN.parent)
    return asked.stdout.strip()
