"""What the fault tests count, as one table at the end of a run: `make faults`, and whenever they run with others."""

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
