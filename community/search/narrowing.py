"""What a search can be narrowed to: the questions of a list of threads, the state, who wrote and when, each with how
many threads it then finds.
"""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community import clock
from community.people.models import Member
from community.search.queries import Hit
from community.spaces.models import Space
from community.threads.facets import ABOUT, Facet, Narrowing
from community.threads.lists import FOR_ALL
from community.threads.models import Thread

STATES = {key: condition for key, (_words, condition) in FOR_ALL.items() if condition}
SINCE = {
    "week": (gettext_lazy("Past week"), timedelta(days=7)),
    "month": (gettext_lazy("Past month"), timedelta(days=31)),
    "year": (gettext_lazy("Past year"), timedelta(days=366)),
}
# In the address where a handle may stand; nobody can have it as a handle.
SUPPORT = "support"
MOST_PEOPLE = 8


class Found:
    """The posts of a search by thread, and what else the search can be narrowed to.

    `by`: None, SUPPORT, or a member. Words in the query that name no state and no time narrow nothing.
    """

    def __init__(
        self,
        hits: list[Hit],
        query: QueryDict,
        *,
        reader: Any,
        space: Space | None,
        chosen: dict[str, int | None],
        by: Any = None,
    ) -> None:
        in_each = {f"in_{key}": ExpressionWrapper(condition, BooleanField()) for key, condition in STATES.items()}
        threads = Thread.objects.filter(pk__in={hit.thread_id for hit in hits}).annotate(**in_each).order_by()
        # The columns of a thread first, then whether it is in each of the lists of states.
        self.facts = {pk: facts for pk, *facts in threads.values_list("pk", *ABOUT, *in_each)}
        # A thread may have been deleted between the two questions.
        self.hits = [hit for hit in hits if hit.thread_id in self.facts]
        self.by = by
        self.state = state if (state := query.get("show", "")) in STATES else ""
        self.since = since if (since := query.get("when", "")) in SINCE else ""
        self.conditions: dict[str, Callable[[Hit], bool]] = {
            "about": lambda hit: self.narrowing.fits_all(self.about(hit.thread_id)),
            "show": lambda hit: not self.state or self.is_in(hit.thread_id, self.state),
            "when": partial(self.is_since, self.since),
            "by": self.is_by,
        }
        counts = Counter(self.about(thread_id) for thread_id in self.threads(whatever="about"))
        rows = [(*about, count) for about, count in counts.items()]
        self.narrowing = Narrowing(rows, query, reader=reader, space=space, chosen=chosen)

    def about(self, thread_id: int) -> tuple:
        return tuple(self.facts[thread_id][: len(ABOUT)])

    def is_in(self, thread_id: int, state: str) -> bool:
        return bool(self.facts[thread_id][len(ABOUT) + list(STATES).index(state)])

    def is_since(self, since: str, hit: Hit) -> bool:
        return not since or hit.created_at >= clock.now() - SINCE[since][1]

    def is_by(self, hit: Hit) -> bool:
        if self.by == SUPPORT:
            return hit.is_official
        return self.by is None or hit.author_id == self.by.pk

    def threads(self, *, whatever: str = "") -> dict[int, list[Hit]]:
        """The posts that fit what was chosen, whatever the answer to one of the questions; the best of each first."""
        asked = [fits for name, fits in self.conditions.items() if name != whatever]
        threads: dict[int, list[Hit]] = {}
        for hit in self.hits:
            if all(fits(hit) for fits in asked):
                threads.setdefault(hit.thread_id, []).append(hit)
        return threads

    def facets(self) -> list[Facet]:
        return [*self.narrowing.read(), self.of_states(), self.of_times(), self.of_people()] if self.hits else []

    def of_states(self) -> Facet:
        threads = self.threads(whatever="show")
        facet = self.facet("show", _("Any state"), len(threads), chosen=bool(self.state))
        for state in STATES:
            count = sum(self.is_in(thread_id, state) for thread_id in threads)
            self.narrowing.add(facet, state, FOR_ALL[state][0], count, state == self.state)
        return facet

    def of_times(self) -> Facet:
        threads = self.threads(whatever="when")
        facet = self.facet("when", _("Any time"), len(threads), chosen=bool(self.since))
        for since, (words, _span) in SINCE.items():
            count = sum(any(self.is_since(since, hit) for hit in hits) for hits in threads.values())
            self.narrowing.add(facet, since, words, count, since == self.since)
        return facet

    def of_people(self) -> Facet:
        """Support, those who wrote in the most of these threads, and whoever is chosen."""
        threads = self.threads(whatever="by")
        facet = self.facet("by", _("By anybody"), len(threads), chosen=self.by is not None)
        official = sum(any(hit.is_official for hit in hits) for hits in threads.values())
        self.narrowing.add(facet, SUPPORT, _("By support"), official, self.by == SUPPORT)
        counts = Counter(author_id for hits in threads.values() for author_id in {hit.author_id for hit in hits})
        shown = dict(counts.most_common(MOST_PEOPLE))
        if isinstance(self.by, Member):
            shown[self.by.pk] = counts[self.by.pk]
        members = Member.objects.in_bulk(shown)
        for pk, count in shown.items():
            if member := members.get(pk):
                self.narrowing.add(facet, member.handle, member.called, count, member == self.by)
        return facet

    def facet(self, name: str, words: Any, count: int, *, chosen: bool) -> Facet:
        return Facet(name, words, [self.narrowing.any_of(name, words, count, not chosen)])
