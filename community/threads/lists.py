"""The lists of threads: what they are called, which threads they hold, how many."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import compress
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from .facets import ABOUT, NARROWS
from .models import State, Thread
from .queries import (
    CLOSED_WITHOUT_AN_ANSWER,
    UNANSWERED,
    WAITING_FOR_TEAM,
    ThreadQuerySet,
    is_followed_by,
    is_unread_by,
    waits_for,
)

PER_PAGE = 30

# What everybody may ask for, in the order of the tabs.
FOR_ALL: dict[str, tuple[Any, Q]] = {
    "latest": (_("All"), Q()),
    "waiting_us": (_("Waiting for us"), Q(state__in=WAITING_FOR_TEAM)),
    "unanswered": (_("No reply yet"), UNANSWERED),
    "waiting_asker": (_("Waiting for the asker"), Q(state=State.WAITING_ASKER)),
    "answered": (_("Answered, not confirmed"), Q(state=State.ANSWERED)),
    "confirmed": (_("Confirmed"), Q(state=State.CONFIRMED)),
    "unknown": (_("Not known"), Q(state=State.UNKNOWN)),
    "workaround": (_("Workaround only"), Q(state=State.WORKAROUND)),
    "closed": (_("Closed"), Q(state=State.CLOSED)),
    "no_answer": (_("Closed without an answer"), CLOSED_WITHOUT_AN_ANSWER),
}
# Shown only when somebody chose them or when they hold something: they are ends, not work.
ENDS = frozenset({"unknown", "workaround", "closed", "no_answer"})
# Behind "More", unless chosen: one line holds no more than what people come for every day.
QUIET = ENDS | {"mine", "waiting_asker", "answered"}
# Beside the tabs stand as many of a member's own lists; the rest are behind "More".
SAVED_IN_SIGHT = 2
# What only a member has; a visitor who follows such a link signs in first.
PERSONAL = frozenset({"waiting", "unread", "mine", "followed"})


def lists_for(reader) -> dict[str, tuple[Any, Q]]:
    """Every list this reader may ask for: its name and its condition."""
    if not reader.is_authenticated:
        return FOR_ALL
    # Behind "all" comes what concerns the reader himself.
    first, *others = FOR_ALL.items()
    own = {
        "waiting": (_("Waiting for you"), waits_for(reader)),
        "unread": (_("Unread"), is_unread_by(reader)),
        "mine": (_("Yours"), Q(author=reader)),
        "followed": (_("Following"), is_followed_by(reader)),
    }
    return dict([first]) | own | dict(others)


# What a list asks (community.prepared). Where it stands is a tag, a space, a product, a version and a platform, each by
# its id or None.


def listed(reader, tag: int | None = None, space: int | None = None, *narrowed: int | None) -> QuerySet[Thread]:
    """The threads this reader may read that stand there."""
    threads = Thread.objects.visible_to(reader).shown_in_lists()
    if tag:
        threads = threads.tagged(tag)
    if space:
        threads = threads.in_space(space)
    for name, value in zip(NARROWS, narrowed, strict=False):
        if value:
            threads = threads.filter(**{f"{name}_id": value})
    return threads


def page_of_list(reader, which: tuple[str, bool, int, int], *where: int | None) -> QuerySet[Thread]:
    """The threads of one page; `which` says the name of the list, whether the longest wait is first, how many stand on
    the pages before and how many on this one."""
    show, waiting_first, behind, most = which
    ordered = ThreadQuerySet.longest_waiting_first if waiting_first else ThreadQuerySet.pinned_then_newest
    threads = ordered(listed(reader, *where).filter(lists_for(reader)[show][1]))
    # Which threads, then what stands in their rows: else all of it is found out for each thread of the list.
    shown = threads.values("pk")[behind : behind + most]
    rows = ordered(Thread.objects.filter(pk__in=shown)).for_listing()
    return rows.with_reading_of(reader).with_new_count_of(reader) if reader.is_authenticated else rows


def longest_waiting(reader, *where: int | None) -> QuerySet[Thread]:
    """The one that has waited longest for us."""
    threads = listed(reader, *where).filter(state__in=WAITING_FOR_TEAM)
    return threads.longest_waiting_first().only("state_since")[:1]


def counts_of_lists(reader, tag: int | None) -> QuerySet[Thread]:
    """How many threads each list holds, by what they are about: one query for all tabs and filters of a page. The same
    conditions make the list."""
    counts = {
        f"in_{key}": Count("pk", filter=condition) if condition else Count("pk")
        for key, (_name, condition) in lists_for(reader).items()
    }
    return listed(reader, tag).order_by().values_list(*ABOUT).annotate(**counts)


class Counted:
    """`rows`: what `counts_of_lists` found; `lists`: the names of the lists, in the same order."""

    def __init__(self, rows: list[tuple], lists: Iterable[str]) -> None:
        self.about = [row[: len(ABOUT)] for row in rows]
        self.counts = {key: [row[place] for row in rows] for place, key in enumerate(lists, start=len(ABOUT))}

    def rows(self, key: str) -> list[tuple]:
        """What the threads of a list are about, and how many of each."""
        return [(*about, count) for about, count in zip(self.about, self.counts[key], strict=True) if count]

    def totals(self, fits: Callable[[tuple], bool] = bool) -> dict[str, int]:
        """How many threads each list holds, of those that are about what fits."""
        chosen = [fits(about) for about in self.about]
        return {key: sum(compress(counts, chosen)) for key, counts in self.counts.items()}


@dataclass
class Tab:
    key: str
    words: Any
    url: str
    # None where nobody has counted: a list that a member has named, until it is the one shown.
    count: int | None
    current: bool
    saved_pk: int | None = None


class CountedPaginator(Paginator):
    """A paginator that was told how many there are."""

    def __init__(self, rows, count: int):
        super().__init__(rows, PER_PAGE)
        self.__dict__["count"] = count
