"""For how long a slip of the hand can be taken back, whatever was decided."""

from datetime import datetime, timedelta

# Long enough to see that it was the wrong one, short enough that nobody else has built upon it.
UNDO_FOR = timedelta(seconds=10)
# The press itself is on its way for a moment.
ON_ITS_WAY = timedelta(seconds=2)
TOO_LATE_TO_UNDO = UNDO_FOR + ON_ITS_WAY


def can_be_undone(done_at: datetime, at: datetime) -> bool:
    """Whether it is offered."""
    return at <= done_at + UNDO_FOR


def came_in_time(done_at: datetime, at: datetime) -> bool:
    """Whether the press counts."""
    return at <= done_at + TOO_LATE_TO_UNDO
