"""What the fault tests count, as one table at the end of a run: `make faults`, and whenever they run with others.

`make faults` runs each of them as long, and with as many, as its row of the yardsticks says, and holds it to the times
named there, save where a comment says what is less; otherwise they are short. It is `python -m tests.faults`, with or
without names of rows: file after file, each with its own end, so that one that hangs or fails keeps no other from it.
"""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

# Where each row of the yardsticks is proved, below tests/. F10 has none: the index of the search is in the database.
ROWS = {
    "F1": "concurrency/test_a_killed_server.py",
    "F2": "concurrency/test_sent_many_times.py",
    "F3": "concurrency/test_two_moderators.py concurrency/test_merging_at_once.py concurrency/test_claiming_at_once.py",
    "F4": "concurrency/test_judging_at_once.py",
    "F5": "concurrency/test_clicking_at_once.py",
    "F6": "concurrency/test_any_order_of_changes.py",
    "F7": "concurrency/test_many_writers.py concurrency/test_writers_stand_in_line.py",
    "F8": "concurrency/test_a_long_reader.py",
    "F9": "concurrency/test_without_redis.py",
    "F11": "concurrency/test_cut_off_readers.py live/test_nothing_is_lost.py",
    "F12": "live/test_nothing_is_lost.py live/test_catching_up.py",
    "F13": "live/test_slow_readers.py",
    "F14": "live/test_rights_that_end.py",
    "F15": "inbox/test_a_mail_server_that_fails.py inbox/test_by_mail.py",
    "F16": "tickets/test_copying_replies.py tickets/test_calls_from_ticket_systems.py",
    "F17": "concurrency/test_killed_workers.py",
    "F18": "threads/test_clocks_that_differ.py",
    "F19": "architecture/test_migrations.py concurrency/test_migrating_beside_writers.py",
    # Its log goes to whoever started it, so there is no disk of ours for that to fill.
    "F20": "concurrency/test_a_full_disk.py",
    "F21": "live/test_ten_thousand_sockets.py",
    "F22": "live/test_messages.py",
    "F23": "deploy/test_a_whole_place.py",
    "F24": "deploy/test_a_whole_place.py forum/test_serving.py",
    "F25": "copies/test_backup_and_restore.py",
    "F26": "concurrency/test_without_the_database.py",
    # With fifty thousand posts; plans.corpus makes a million by hand.
    "F27": "plans/test_few_posts_and_many.py plans/test_hot_queries.py plans/test_depth.py",
    "F28": "journeys/test_without_scripts.py journeys/test_nothing_said_is_missed.py",
    "F29": "copies/test_moving_to_postgres.py",
}
# Folders, where pytest leaves out what there is only on the other database.
WHOLE = ("concurrency", "copies", "deploy", "live", "plans")
TESTS = Path(__file__).parent

COLUMNS = ("kills", "cuts", "writers", "acknowledged", "lost", "doubled")
LINE = "{:<4} {:<10} " + " ".join(f"{{:>{max(5, len(name))}}}" for name in COLUMNS) + "  {}"
# A line of the table that a run of its own has written.
COUNTED = re.compile(r"^F\d+ +(?:sqlite|postgresql) .*", re.MULTILINE)
PYTEST = (sys.executable, "-m", "pytest", "--numprocesses", "0", "-q")
# Longer than any of them takes, so long as it goes on at all.
MINUTES = float(os.environ.get("MINUTES", "60"))


@pytest.fixture
def tally(record_property) -> Callable[..., None]:
    """`tally("F1", kills=8, lost=0)`: the row of the yardsticks, and numbers; `more` are words."""

    def tell(row: str, *, more: str = "", **numbers: int) -> None:
        assert numbers.keys() <= {*COLUMNS}
        record_property("faults", {"row": row, "where": connection.vendor, "more": more, **numbers})

    return tell


def pytest_terminal_summary(terminalreporter: Any) -> None:
    if rows := sorted(
        rows_of(terminalreporter.stats.get("passed", [])), key=lambda row: (int(row["row"][1:]), row["more"])
    ):
        terminalreporter.section("faults")
        terminalreporter.write_line(LINE.format("row", "database", *COLUMNS, "more"))
        for row in rows:
            numbers = [row.get(name, "") for name in COLUMNS]
            terminalreporter.write_line(LINE.format(row["row"], row["where"], *numbers, row["more"]))


def rows_of(reports: list[Any]) -> Iterator[dict[str, Any]]:
    for report in reports:
        if report.when == "call":
            yield from (value for name, value in report.user_properties if name == "faults")


def places() -> list[str]:
    """Each once."""
    names = [name for row in ROWS.values() for name in row.split()]
    assert all((TESTS / name).exists() for name in names)
    folders = [name.partition("/")[0] for name in names]
    return list(dict.fromkeys(f"tests/{at if at in WHOLE else name}" for at, name in zip(folders, names, strict=True)))


def files_here() -> list[str]:
    """Those of the places that this database has, below tests/: first by the rows they prove, then the others."""
    asked = [*PYTEST, "--collect-only", *places()]
    told = subprocess.run(asked, cwd=TESTS.parent, capture_output=True, text=True, check=True).stdout
    found = dict.fromkeys(re.findall(r"^tests/(\S+\.py)", told, re.MULTILINE))
    proving = dict.fromkeys(name for row in ROWS.values() for name in row.split() if name in found)
    return [*(proving | found)]


def rows_proved_by(file: str) -> list[str]:
    return [row for row, names in ROWS.items() if file in names.split()]


def run(file: str, log: Path) -> str:
    """How it ended, in a word. Whatever it has started ends with it."""
    with log.open("w") as out:
        asked = [*PYTEST, "--tb=short", f"tests/{file}"]
        # In a group of its own, so that nothing it starts outlives it.
        tests = subprocess.Popen(
            asked, cwd=TESTS.parent, stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True
        )
        try:
            return "passed" if tests.wait(MINUTES * 60) == 0 else "FAILED"
        except subprocess.TimeoutExpired:
            # As Ctrl-C does it: servers are stopped, and what hung says where.
            tests.send_signal(signal.SIGINT)
            with suppress(subprocess.TimeoutExpired):
                tests.wait(60)
            return "NO END"
        finally:
            with suppress(ProcessLookupError):
                os.killpg(tests.pid, signal.SIGKILL)
            tests.wait()


def run_all(rows: list[str]) -> int:
    """File after file, each with its own end, whatever became of the one before; the tables at the end, also early."""
    logs = Path(os.environ.get("DATA_DIR", "var")).resolve() / "faults"
    logs.mkdir(parents=True, exist_ok=True)
    ends, told = [], []
    try:
        for file in files_here():
            proves = rows_proved_by(file)
            if rows and not set(rows) & set(proves):
                continue
            log, began = logs / f"{Path(file).stem}.txt", time.monotonic()
            print(f"{time.strftime('%H:%M')}  {' '.join(proves):<7}  {file} …", end=" ", flush=True)
            end = run(file, log)
            told += COUNTED.findall(log.read_text())
            ends.append(f"{' '.join(proves):<8} {end:<7} {(time.monotonic() - began) / 60:5.1f} min  {file}")
            print(end if end == "passed" else f"{end}, see {log}")
    finally:
        print("", LINE.format("row", "database", *COLUMNS, "more"), *told, "", *ends, sep="\n")
    return int(not all(" passed " in end for end in ends))


if __name__ == "__main__":
    sys.exit(run_all(sys.argv[1:]))
