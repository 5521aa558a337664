from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from typing import Any

from django.db.models import Count

from .months import Month
from .reports import Report
from .rows import ROWS


@dataclass(frozen=True)
class Counted:
    """A report of a month: how many rows, how many in each outcome, and the middle of their times."""

    report: Report
    total: int
    outcomes: dict[str, int]
    middle: timedelta | None = None

    @property
    def percent(self) -> int | None:
        """Of those that were judged; down, so that nothing rounds up to more than it was."""
        judged = sum(self.outcomes[key] for key in self.report.judged)
        return self.outcomes[self.report.judged[0]] * 100 // judged if judged else None


def count_all(reports: Iterable[Report], reader: Any, month: Month) -> dict[str, Counted]:
    """By the key of the report; one query for all that are made of the same rows, and one for their times."""
    reports = list(reports)
    found: dict[str, Counted] = {}
    for of in dict.fromkeys(report.of for report in reports):
        rows = ROWS[of](reader, month)
        alike = [report for report in reports if report.of == of]
        counts = rows.aggregate(**{name: each for report in alike for name, each in counts_of(report, month)})
        times = middles(rows, [report.until for report in alike if report.until], month)
        for report in alike:
            outcomes = {key: counts[name_of(report, key)] for key in report.outcomes(month)}
            found[report.key] = Counted(report, counts[name_of(report)], outcomes, times.get(report.until))
    return found


def counts_of(report: Report, month: Month) -> Iterable[tuple[str, Count]]:
    only = report.only(month)
    yield name_of(report), Count("pk", filter=only) if only else Count("pk")
    for key, (_words, condition) in report.outcomes(month).items():
        yield name_of(report, key), Count("pk", filter=only & condition)


def name_of(report: Report, outcome: str = "") -> str:
    return f"in_{report.key}_{outcome.replace('-', '_')}"


def middles(rows: Any, moments: list[str], month: Month) -> dict[str, timedelta | None]:
    """The median from `counted_at` to each of these moments, of those rows that have come to it in time."""
    if not moments:
        return {}
    table = list(rows.values_list("counted_at", *moments))
    ends = month.span[1]
    found: dict[str, timedelta | None] = {}
    for place, moment in enumerate(moments, start=1):
        spans = [row[place] - row[0] for row in table if row[place] and row[place] < ends]
        found[moment] = median(spans) if spans else None
    return found
