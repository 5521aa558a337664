"""Rows that are about exactly one of several things: each has a column, and one of them is filled."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q


def about_one_of(subjects: Sequence[str]) -> Q:
    """The condition that the database keeps."""
    condition = Q()
    for chosen in subjects:
        condition |= Q(**{f"{each}__isnull": each != chosen for each in subjects})
    return condition


def subject_of(row: Any, subjects: Sequence[str]) -> tuple[str, Any]:
    """The name of the column that is filled, and the id in it."""
    return next((each, pk) for each in subjects if (pk := getattr(row, f"{each}_id")))
