"""When somebody is there: from blocks of office hours to due times and to the time that was worked, to the second.

Hours are written as the clock on the wall of their place reads, and summed as they really pass: a night in which the
clocks go forward is an hour shorter. A time of day that a jump leaves out means the moment of the jump; one that comes
twice means the first of the two.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
# Hours that do not open for as long never open again: every day of the week is a holiday, or there are no blocks.
LONGEST_CLOSED = 3 * 366


@dataclass(frozen=True, order=True)
class Block:
    """From one time of day to a later one; to midnight means the end of the day."""

    begins: time
    ends: time

    def __post_init__(self) -> None:
        if self.ends != time() and self.ends <= self.begins:
            raise ValueError("A block ends after it begins, on the same day.")


@dataclass(frozen=True)
class Hours:
    """The blocks of each weekday, Monday first, in one zone. None: round the clock, holidays or not."""

    zone: ZoneInfo
    week: tuple[tuple[Block, ...], ...] | None = None
    holidays: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        if self.week is None:
            return
        for blocks in self.week:
            for earlier, later in pairwise(blocks):
                if earlier.ends == time() or later.begins < earlier.ends:
                    raise ValueError("The blocks of a day follow each other.")

    def due_at(self, start: datetime, working: timedelta) -> datetime | None:
        """When so much working time has passed since `start`; None if it never will."""
        if self.week is None:
            return start + working
        for begins, ends in self.open_since(start):
            if ends - begins >= working:
                return begins + working
            working -= ends - begins
        return None

    def worked_between(self, earlier: datetime, later: datetime) -> timedelta:
        if later <= earlier:
            return timedelta()
        if self.week is None:
            return later - earlier
        worked = timedelta()
        for begins, ends in self.open_since(earlier):
            if begins >= later:
                break
            worked += min(ends, later) - begins
        return worked

    def open_since(self, start: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Every span in which somebody is there, in order, in UTC; the first may have begun before `start`."""
        day, closed = start.astimezone(self.zone).date(), 0
        while closed < LONGEST_CLOSED:
            closed += 1
            for begins, ends in self.open_on(day):
                if ends > start:
                    closed = 0
                    yield max(begins, start), ends
            try:
                day += DAY
            except OverflowError:
                return

    def open_on(self, day: date) -> list[tuple[datetime, datetime]]:
        if self.week is None or day in self.holidays:
            return []
        spans = []
        for block in self.week[day.weekday()]:
            begins = moment(self.zone, day, block.begins)
            ends = moment(self.zone, day, block.ends) if block.ends != time() else moment(self.zone, day + DAY, time())
            if begins < ends:
                spans.append((begins, ends))
        return spans


def week_of(blocks: Iterable[tuple[int, Block]]) -> tuple[tuple[Block, ...], ...]:
    """Blocks with their weekdays as the week of `Hours`: what overlaps or touches is one block."""
    week: list[list[Block]] = [[] for _day in range(7)]
    for weekday, block in sorted(blocks):
        day = week[weekday]
        if day and (day[-1].ends == time() or block.begins <= day[-1].ends):
            ends = time() if time() in (day[-1].ends, block.ends) else max(day[-1].ends, block.ends)
            day[-1] = Block(day[-1].begins, ends)
        else:
            day.append(block)
    return tuple(tuple(day) for day in week)


@lru_cache(maxsize=4096)
def moment(zone: ZoneInfo, day: date, at: time) -> datetime:
    """The moment, in UTC, at which the clock on the wall first reads this time or a later one."""
    local = datetime.combine(day, at, zone)
    found, other = local.astimezone(UTC), local.replace(fold=1).astimezone(UTC)
    if found <= other:
        return found
    # Left out by a jump, which lies between the two readings of it.
    seconds = range(int((found - other).total_seconds()) + 1)
    before = other.astimezone(zone).utcoffset()
    jumped = bisect_left(
        seconds, True, key=lambda s: (other + timedelta(seconds=s)).astimezone(zone).utcoffset() != before
    )
    return other + timedelta(seconds=jumped)
