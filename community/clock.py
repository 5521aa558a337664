"""The only place that asks what time it is."""

from datetime import UTC, datetime, timedelta

_held: datetime | None = None
_shift = timedelta()


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return (_held or datetime.now(UTC)) + _shift


def set_to(moment: datetime) -> None:
    """Stop the clock at a moment. For tests, and for building a history."""
    global _held, _shift
    _held, _shift = moment, timedelta()


def advance(by: timedelta) -> None:
    """Move the clock on, stopped or running."""
    global _shift
    _shift += by


def reset() -> None:
    global _held, _shift
    _held, _shift = None, timedelta()
