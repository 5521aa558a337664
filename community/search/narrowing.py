"""What a search can be narrowed to: the same questions as a list of threads, and the state, each with how many posts
it then finds.
"""

from collections import Counter
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper
from django.http import QueryDict
from django.utils.translation import gettext as _

from community.spaces.models import Space
from community.threads.facets import ABOUT, Facet, Narrowing
from community.threads.lists import FOR_ALL
from community.threads.models import Thread

STATES = {key: condition for key, (_words, condition) in FOR_ALL.items() if condition}


class Found:
    """The posts of a search, {id: that of its thread}, and what their threads are about."""

    def __init__(
        self,
        posts: dict[int, int],
        query: QueryDict,
        *,
        reader: Any,
        space: Space | None,
        chosen: dict[str, int | None],
        state: str,
    ) -> None:
        in_each = {f"in_{key}": ExpressionWrapper(condition, BooleanField()) for key, condition in STATES.items()}
        threads = Thread.objects.filter(pk__in=set(posts.values())).annotate(**in_each).order_by()
        # The columns of a thread first, then whether it is in each of the lists of states.
        self.facts = {pk: facts for pk, *facts in threads.values_list("pk", *ABOUT, *in_each)}
        # A thread may have been deleted between the two questions.
        self.posts = {pk: thread_id for pk, thread_id in posts.items() if thread_id in self.facts}
        self.state = state if state in STATES else ""
        rows = [(*about, count) for about, count in self.counted().items()]
        self.narrowing = Narrowing(rows, query, reader=reader, space=space, chosen=chosen)

    def counted(self) -> Counter[tuple]:
        """How many posts in the chosen state are about the same."""
        threads = Counter(self.posts.values())
        counts: Counter[tuple] = Counter()
        for thread_id, count in threads.items():
            if self.is_in(thread_id, self.state):
                counts[self.about(thread_id)] += count
        return counts

    def about(self, thread_id: int) -> tuple:
        return tuple(self.facts[thread_id][: len(ABOUT)])

    def is_in(self, thread_id: int, state: str) -> bool:
        return not state or bool(self.facts[thread_id][len(ABOUT) + list(STATES).index(state)])

    def fitting(self) -> list[int]:
        """The ids of those that fit all that was chosen, in their order."""
        return [
            pk for pk, thread_id in self.posts.items() if self.is_in(thread_id, self.state) and self.fits(thread_id)
        ]

    def fits(self, thread_id: int) -> bool:
        return self.narrowing.fits_all(self.about(thread_id))

    def facets(self) -> list[Facet]:
        return [*self.narrowing.read(), self.of_states()] if self.posts else []

    def of_states(self) -> Facet:
        counts: Counter[str] = Counter()
        fitting = [thread_id for thread_id in self.posts.values() if self.fits(thread_id)]
        for state in STATES:
            counts[state] = sum(self.is_in(thread_id, state) for thread_id in fitting)
        facet = Facet(
            "show", _("Any state"), [self.narrowing.any_of("show", _("Any state"), len(fitting), not self.state)]
        )
        for state, count in counts.items():
            self.narrowing.add(facet, state, FOR_ALL[state][0], count, state == self.state)
        return facet
