from typing import Any, Self

from django.db import models
from django.db.models import Count, Q

from community.people.policies import is_team

# The values of models.Openness; queries sit below models and cannot name it.
EVERYONE, MEMBERS = "everyone", "members"


class SpaceQuerySet(models.QuerySet):
    def visible_to(self, reader: Any) -> Self:
        """Spaces this reader may read. A space is never more open than its parent."""
        if is_team(reader):
            return self
        return self.filter(open_to(reader, "readers"), Q(parent=None) | open_to(reader, "readers", of="parent__"))

    def open_for_posting(self, member: Any) -> Self:
        """Of the visible ones, those in which this member may ask: for posting, too, the parent says first."""
        spaces = self.visible_to(member)
        if is_team(member):
            return spaces
        return spaces.filter(open_to(member, "posters"), Q(parent=None) | open_to(member, "posters", of="parent__"))

    def top(self) -> Self:
        return self.filter(parent=None)

    def as_tree(self) -> Self:
        """Parents first, children right behind them, in their positions."""
        return self.select_related("parent").order_by(
            models.functions.Coalesce("parent__position", "position"),
            models.functions.Coalesce("parent__name", "name"),
            models.F("parent").asc(nulls_first=True),
            "position",
            "name",
        )


def memberships(reader: Any) -> Any:
    """A subquery of the ids of the spaces the reader belongs to."""
    through = reader.spaces.through if reader.is_authenticated else None
    if through is None:
        return []
    return through.objects.filter(member_id=reader.pk).values("space_id")


def open_to(reader: Any, door: str, *, of: str = "") -> Q:
    """Whether one space, on its own, is open to the reader by one of its doors: "readers" or "posters"."""
    openly = Q(**{f"{of}{door}": EVERYONE})
    if not reader.is_authenticated:
        return openly
    return openly | Q(**{f"{of}{door}": MEMBERS, f"{of}pk__in": memberships(reader)})


class ProductQuerySet(models.QuerySet):
    def with_versions(self) -> Self:
        return self.prefetch_related("versions")


class TagQuerySet(models.QuerySet):
    model: Any

    def in_use(self) -> Self:
        """Tags a thread may carry: not the names that were merged."""
        return self.filter(merged_into=None)

    def with_counts_for(self, reader: Any) -> Self:
        """Adds `thread_count`: how many threads with the tag this reader finds in lists."""
        threads = self.model.threads.rel.related_model.objects.visible_to(reader).shown_in_lists()
        counted = self.annotate(thread_count=Count("threads", filter=Q(threads__in=threads.values("pk"))))
        # What is counted in groups forgets the order of the model.
        return counted.order_by("name")
