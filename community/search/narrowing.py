"""What a search can be narrowed to: the questions of a list of threads, the state, who wrote and when, each with how
many threads it then finds.
"""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import ExpressionWrapper, F, Field, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community import clock, prepared
from community.people.models import Member
from community.prepared import Among, Numbers
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


def facts_of(threads: Numbers) -> QuerySet[Thread]:
    """What each thread is about, and whether it is in each of the lists of states."""
    # Of no kind, so that they are taken as they come: there are thousands, and of each truth something would be made.
    in_each = {f"in_{key}": ExpressionWrapper(condition, Field()) for key, condition in STATES.items()}
    found = Thread.objects.filter(Among(F("pk"), threads)).annotate(**in_each).order_by()
    return found.values_list("pk", *ABOUT, *in_each)


def called(members: Numbers) -> QuerySet[Member]:
    return Member.objects.filter(Among(F("pk"), members)).only("handle", "name", "erased_at")


def begins() -> list[datetime]:
    """Since when a post is within each of the spans."""
    return [clock.now() - span for _words, span in SINCE.values()]


class Found:
    """The posts of a search by thread, and what else the search can be narrowed to. The hits know of `begins()`.

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
        self.about: dict[int, tuple] = {}
        self.states: dict[int, tuple] = {}
        for pk, *facts in prepared.rows(facts_of, Numbers({hit.thread_id for hit in hits})):
            self.about[pk], self.states[pk] = tuple(facts[: len(ABOUT)]), tuple(facts[len(ABOUT) :])
        # A thread may have been deleted between the two questions.
        self.hits = [hit for hit in hits if hit.thread_id in self.about]
        self.by = by
        self.state = state if (state := query.get("show", "")) in STATES else ""
        self.since = since if (since := query.get("when", "")) in SINCE else ""
        self.conditions = self.chosen_conditions(space is not None or any(chosen.values()))
        self.fitting: dict[tuple[str, ...], dict[int, list[Hit]]] = {}
        counts = Counter(self.about[thread_id] for thread_id in self.threads(whatever="about"))
        rows = [(*about, count) for about, count in counts.items()]
        self.narrowing = Narrowing(rows, query, reader=reader, space=space, chosen=chosen)

    def chosen_conditions(self, is_about_something: bool) -> dict[str, Callable[[Hit], bool]]:
        """What a post must fit, by the question that was answered."""
        conditions: dict[str, Callable[[Hit], bool]] = {}
        if is_about_something:
            conditions["about"] = lambda hit: self.narrowing.fits_all(self.about[hit.thread_id])
        if self.state:
            place = list(STATES).index(self.state)
            conditions["show"] = lambda hit: self.states[hit.thread_id][place]
        if self.since:
            latest = list(SINCE).index(self.since)
            conditions["when"] = lambda hit: hit.within <= latest
        if self.by == SUPPORT:
            conditions["by"] = lambda hit: hit.is_official
        elif self.by is not None:
            conditions["by"] = lambda hit: hit.author_id == self.by.pk
        return conditions

    def threads(self, *, whatever: str = "") -> dict[int, list[Hit]]:
        """The posts that fit what was chosen, whatever the answer to one of the questions; the best of each first."""
        asked = tuple(name for name in self.conditions if name != whatever)
        if asked not in self.fitting:
            fits = [self.conditions[name] for name in asked]
            threads = self.fitting[asked] = {}
            for hit in self.hits:
                if all(fit(hit) for fit in fits):
                    threads.setdefault(hit.thread_id, []).append(hit)
        return self.fitting[asked]

    def facets(self) -> list[Facet]:
        return [*self.narrowing.read(), self.of_states(), self.of_times(), self.of_people()] if self.hits else []

    def of_states(self) -> Facet:
        threads = self.threads(whatever="show")
        facet = self.facet("show", _("Any state"), len(threads), chosen=bool(self.state))
        # Most threads are in the same few lists.
        alike = Counter(self.states[thread_id] for thread_id in threads)
        for place, state in enumerate(STATES):
            count = sum(times for in_each, times in alike.items() if in_each[place])
            self.narrowing.add(facet, state, FOR_ALL[state][0], count, state == self.state)
        return facet

    def of_times(self) -> Facet:
        threads = self.threads(whatever="when")
        facet = self.facet("when", _("Any time"), len(threads), chosen=bool(self.since))
        newest = Counter(min(hit.within for hit in hits) for hits in threads.values())
        count = 0
        for place, (since, (words, _span)) in enumerate(SINCE.items()):
            count += newest[place]
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
        members = {member.pk: member for member in prepared.rows(called, Numbers(shown))}
        for pk, count in shown.items():
            if member := members.get(pk):
                self.narrowing.add(facet, member.handle, member.called, count, member == self.by)
        return facet

    def facet(self, name: str, words: Any, count: int, *, chosen: bool) -> Facet:
        return Facet(name, words, [self.narrowing.any_of(name, words, count, not chosen)])
