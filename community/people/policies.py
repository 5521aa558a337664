"""Standing of a reader who may be nobody in particular (AnonymousUser)."""

from typing import Any


def is_team(reader: Any) -> bool:
    """Reads internal notes, and what is hidden or deleted."""
    return _stands(reader) and reader.is_team


def curates(reader: Any) -> bool:
    """May hide, lock, move and close."""
    return _stands(reader) and reader.curates


def answers_officially(reader: Any) -> bool:
    """Speaks for the company."""
    return _stands(reader) and reader.answers_officially


def _stands(reader: Any) -> bool:
    return bool(reader.is_authenticated and reader.is_active)
