"""make bench: the forum's pages beside a view that does nothing, on the same servers in the same run.

SIZE      small (1,000 threads, 20,000 posts) or big (19,000 and 100,000); FILE: a file for import_threads instead
SECONDS   of each measurement (3)
READERS   how many open sockets (500,2000,10000); empty for none
FORMS     embedded,production: what to measure; production needs the programs of PostgreSQL and Redis, or their URLs
ONLY      measure what has this in its name
OPEN      threads,cases: so many more on the desk and in the queue of the moderators, at the end (50000,20000; or empty)
BESIDE    channels,spirit: measure these too, in the same run (tests/bench/beside); spirit is installed from PyPI
PEER      name=url,name=url: pages of another forum on this machine, in the same run; PEER_COOKIE for who is signed in

Rates swing with whatever else the machine does; the ratios and the CPU milliseconds a request are what to compare.
What was measured is kept in tests/bench/results.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from rich.console import Console

from . import corpus, results
from .beside import OTHERS
from .readers import live_rows
from .rows import WITH_MUCH_OPEN, Row, measured_rows, peers
from .serving import ROOT, Forum, can_be_production, embedded, production

SIZE = os.environ.get("SIZE", "small")
SECONDS = float(os.environ.get("SECONDS", "3"))
READERS = [int(count) for count in os.environ.get("READERS", "500,2000,10000").split(",") if count]
FORMS = os.environ.get("FORMS", "embedded,production").split(",")
ONLY = os.environ.get("ONLY", "")
BESIDE = [name for name in os.environ.get("BESIDE", "").split(",") if name]
OPEN = [count for count in os.environ.get("OPEN", "50000,20000").split(",") if count]


def main() -> None:
    console = Console(width=150)
    measured: dict[str, list[Row]] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = Path(os.environ.get("FILE") or folder / "threads.jsonl")
        if not file.exists():
            corpus.write(file, corpus.SIZES[SIZE])
        for form in FORMS:
            if form == "production" and not can_be_production():
                console.print(
                    "No PostgreSQL and Redis to measure with: neither programs nor DATABASE_URL and REDIS_URL."
                )
                continue
            console.print(f"[dim]{form}: {file.name} …[/dim]")
            begin = embedded if form == "embedded" else production
            with begin(folder / form, file) as forum:
                measured[form] = list(everything(forum, console))
            title = f"{form}, {SIZE}: {SECONDS:g} s each, {os.cpu_count()} cores; x nothing: rate ÷ rate of nothing"
            console.print(results.table(title, measured[form]))
        ours = next(iter(measured.values()), [])
        for name in BESIDE:
            measured[name] = list(results.beside(ours, OTHERS[name](folder, file, SECONDS, teller(console))))
            console.print(results.table(f"{name}; x nothing: its CPU ÷ ours", measured[name]))
    console.print(f"Kept in {results.keep('-'.join([SIZE, *BESIDE]), SECONDS, measured).relative_to(ROOT)}")


def teller(console: Console) -> Callable[[str], None]:
    return lambda name: console.print(f"[dim]{name} …[/dim]")


def everything(forum: Forum, console: Console) -> Iterator[Row]:
    said = teller(console)

    yield from measured_rows(forum, SECONDS, said, only=ONLY)
    yield from peers(SECONDS, said)
    yield Row("memory of the whole site after this", 1, 0, 0, 0, memory=forum.memory)
    if READERS:
        yield from live_rows(forum, READERS, SECONDS, said)
    if OPEN:
        for what, count in zip(("open_threads", "open_cases"), OPEN, strict=True):
            writing = [sys.executable, "-m", f"tests.bench.{what}", count]
            subprocess.run(writing, cwd=ROOT, env=forum.environment, check=True)
        yield from measured_rows(forum, SECONDS, said, only=WITH_MUCH_OPEN)


if __name__ == "__main__":
    main()
