"""The lists of threads: what they are called, which threads they hold, how many."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from .models import State
from .queries import CLOSED_WITHOUT_AN_ANSWER, UNANSWERED, is_followed_by, is_unread_by, waits_for

PER_PAGE = 30

# What everybody may ask for, in the order of the tabs.
FOR_ALL: dict[str, tuple[Any, Q]] = {
    "latest": (_("All"), Q()),
    "waiting_us": (_("Waiting for us"), Q(state__in=(State.WAITING_US, State.WORKAROUND))),
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


def counted(threads, lists: dict[str, tuple[Any, Q]]) -> dict[str, int]:
    """How many threads each list holds, in one query; the same conditions make the list."""
    return threads.aggregate(
        **{
            f"in_{key}": Count("pk", filter=condition) if condition else Count("pk")
            for key, (_name, condition) in lists.items()
        }
    )


@dataclass
class Tab:
    key: str
    words: Any
    url: str
    # None where nobody has counted: a list that a member has named.
    count: int | None
    current: bool
    saved_pk: int | None = None


class CountedPaginator(Paginator):
    """A paginator that was told how many there are."""

    def __init__(self, rows, count: int):
        super().__init__(rows, PER_PAGE)
        self.__dict__["count"] = count
