"""Stretches of time, each from a moment to a later one: put together, cut out of each other, laid over each other."""

from collections.abc import Iterable
from datetime import datetime

type Span = tuple[datetime, datetime]


def merged(spans: Iterable[Span]) -> list[Span]:
    """In order; what overlaps or touches is one."""
    whole: list[Span] = []
    for begins, ends in sorted(spans):
        if whole and begins <= whole[-1][1]:
            whole[-1] = (whole[-1][0], max(whole[-1][1], ends))
        elif begins < ends:
            whole.append((begins, ends))
    return whole


def without(spans: Iterable[Span], others: Iterable[Span]) -> list[Span]:
    """What of the first lies in none of the others."""
    left, cuts = [], merged(others)
    for begins, ends in merged(spans):
        for cut_begins, cut_ends in cuts:
            if cut_ends <= begins or cut_begins >= ends:
                continue
            if begins < cut_begins:
                left.append((begins, cut_begins))
            begins = cut_ends
        if begins < ends:
            left.append((begins, ends))
    return left


def shared(spans: Iterable[Span], others: Iterable[Span]) -> list[Span]:
    """What lies in both."""
    whole = merged(spans)
    return without(whole, without(whole, others))
