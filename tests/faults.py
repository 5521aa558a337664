"""What the fault tests count, as one table at the end of a run: `make faults`, and whenever they run with others.

Where each row of the yardsticks is proved (below tests/; c/ is concurrency/), and in brackets what of its bound is only
counted, done smaller, or not done:

    F1  killed server              c/test_a_killed_server.py (ready again: counted, not asserted)
    F2  sent many times            c/test_sent_many_times.py
    F3  two moderators             c/test_two_moderators.py, c/test_merging_at_once.py, c/test_claiming_at_once.py
                                   (30 rounds each by make faults, of 200)
    F4  accepted at once           c/test_judging_at_once.py (60 rounds by make faults, of 100)
    F5  clicked at once            c/test_clicking_at_once.py
    F6  any order of changes       c/test_any_order_of_changes.py
    F7  many writers               c/test_many_writers.py (replies a second and p95: counted)
    F8  long reader                c/test_a_long_reader.py (by what is written meanwhile, not for ten minutes)
    F9  Redis hangs, goes, empty   c/test_without_redis.py
    F10 OpenSearch away            (there is none: the index is in the database)
    F11 cut-off readers            c/test_cut_off_readers.py, live/test_nothing_is_lost.py (20 readers of 50)
    F12 between page and socket    live/test_nothing_is_lost.py, live/test_catching_up.py
    F13 slow reader                live/test_slow_readers.py (60 long posts, not ten minutes)
    F14 rights that end            live/test_rights_that_end.py
    F15 mail server away           inbox/test_by_mail.py (refused, and killed after sending; not 4xx and 5xx)
    F16 ticket system away         tickets/test_copying_replies.py, tickets/test_calls_from_ticket_systems.py
    F17 killed workers, poison     c/test_killed_workers.py
    F18 clocks that differ         threads/test_clocks_that_differ.py
    F19 migrations                 architecture/test_migrations.py, c/test_migrating_beside_writers.py (PostgreSQL)
    F20 full disk                  c/test_a_full_disk.py (database and files)
    F21 ten thousand sockets       bench/readers.py (make bench: what a page takes beside them, what they weigh)
    F22 too much on a socket       live/test_messages.py
    F23 half requests              deploy/test_a_whole_place.py (behind nginx)
    F24 started again under load   deploy/test_a_whole_place.py, forum/test_serving.py
    F25 backup and restore         copies/test_backup_and_restore.py
    F26 PostgreSQL away            c/test_without_the_database.py (18 s by make faults, of 30)
    F27 a very large forum         plans/test_hot_queries.py (fifty thousand posts; plans.corpus makes a million)
    F28 no scripts, no socket      journeys/test_without_scripts.py, journeys/test_nothing_said_is_missed.py
    F29 SQLite to PostgreSQL       copies/test_moving_to_postgres.py
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection

COLUMNS = ("kills", "cuts", "writers", "acknowledged", "lost", "doubled")


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
        line = "{:<4} {:<10} " + " ".join(f"{{:>{max(5, len(name))}}}" for name in COLUMNS) + "  {}"
        terminalreporter.write_line(line.format("row", "database", *COLUMNS, "more"))
        for row in rows:
            numbers = [row.get(name, "") for name in COLUMNS]
            terminalreporter.write_line(line.format(row["row"], row["where"], *numbers, row["more"]))


def rows_of(reports: list[Any]) -> Iterator[dict[str, Any]]:
    for report in reports:
        if report.when == "call":
            yield from (value for name, value in report.user_properties if name == "faults")
