"""What a list can be narrowed to, each with how many threads it then holds: as exact as the tabs."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from community import prepared
from community.spaces.models import Platform, Space, Version

# What narrows a list beside its tab; the address names each by its own word.
NARROWS = ("product", "version", "platform")
ABOUT = ("space", *NARROWS)


# What is asked (community.prepared).


def spaces_for(reader: Any) -> QuerySet[Space]:
    return Space.objects.visible_to(reader).as_tree()


def all_versions() -> QuerySet[Version]:
    return Version.objects.select_related("product").order_by("product__position", "product", "position")


def all_platforms() -> QuerySet[Platform]:
    return Platform.objects.all()


@dataclass
class Choice:
    words: Any
    url: str
    count: int
    current: bool
    # The heading above the choice where a new group begins.
    group: Any = ""


@dataclass
class Facet:
    """One question about the threads, with the answers that hold some."""

    name: str
    words: Any
    choices: list[Choice] = field(default_factory=list)

    @property
    def chosen(self) -> Choice | None:
        return next((choice for choice in self.choices[1:] if choice.current), None)


class Narrowing:
    """`rows`: (space, product, version, platform, count) of what fits all of the query but where it stands and what it
    is about; `query` is that of the page.
    """

    def __init__(
        self,
        rows: Iterable[tuple],
        query: QueryDict,
        *,
        reader: Any,
        space: Space | None,
        chosen: dict[str, int | None],
    ) -> None:
        self.spaces = prepared.rows(spaces_for, reader)
        self.query = query
        self.space = space
        self.chosen = chosen
        self.rows = list(rows)
        # What else the query says, by the name of the question.
        self.rest: dict[str, str] = {}

    def counts(self, name: str) -> Counter[int]:
        """How many threads each answer to one question holds, given the answers to the others."""
        column = ABOUT.index(name)
        found: Counter[int] = Counter()
        for *row, count in self.rows:
            if all(other == name or self.fits(other, value) for other, value in zip(ABOUT, row, strict=True)):
                found[row[column]] += count
        return found

    def fits(self, name: str, value: int | None) -> bool:
        if name == "space":
            return self.space is None or value in self.family(self.space)
        wanted = self.chosen[name]
        return not wanted or value == wanted

    def fits_all(self, about: Iterable[int | None]) -> bool:
        return all(self.fits(name, value) for name, value in zip(ABOUT, about, strict=True))

    def family(self, space: Space) -> set[int]:
        return {space.pk, *(each.pk for each in self.spaces if each.parent_id == space.pk)}

    def read(self, *, with_spaces: bool = True) -> list[Facet]:
        made = [self.of_spaces()] if with_spaces else []
        return [*made, self.of_versions(), self.of_platforms()]

    def of_spaces(self) -> Facet:
        counts = self.counts("space")
        facet = Facet("space", _("All spaces"), [self.any("space", _("All spaces"), counts)])
        for space in self.spaces:
            count = sum(counts[pk] for pk in self.family(space))
            words = f"{space.parent.name}: {space.name}" if space.parent_id else space.name
            self.add(facet, space.slug, words, count, space == self.space)
        return facet

    def of_versions(self) -> Facet:
        counts = self.counts("version")
        facet = Facet("version", _("Any version"), [self.any("version", _("Any version"), counts)])
        group = ""
        for version in prepared.rows(all_versions):
            if self.add(
                facet,
                version.pk,
                version.name,
                counts[version.pk],
                version.pk == self.chosen["version"],
                version.product.name if version.product.name != group else "",
            ):
                group = version.product.name
        return facet

    def of_platforms(self) -> Facet:
        counts = self.counts("platform")
        facet = Facet("platform", _("Any platform"), [self.any("platform", _("Any platform"), counts)])
        for platform in prepared.rows(all_platforms):
            current = platform.pk == self.chosen["platform"]
            self.add(facet, platform.pk, platform.name, counts[platform.pk], current)
        return facet

    def any(self, name: str, words: Any, counts: Counter) -> Choice:
        is_chosen = self.space is not None if name == "space" else bool(self.chosen[name])
        return self.any_of(name, words, counts.total(), not is_chosen)

    def any_of(self, name: str, words: Any, count: int, current: bool) -> Choice:
        return Choice(words, self.url(name, None), count, current)

    def add(self, facet: Facet, value: Any, words: Any, count: int, current: bool, group: Any = "") -> bool:
        """Whether the choice is offered: one that would lead to nothing is not, unless it has been made."""
        if count or current:
            facet.choices.append(Choice(words, self.url(facet.name, value), count, current, group))
        return bool(count or current)

    def url(self, name: str, value: Any) -> str:
        if name not in self.rest:
            query = self.query.copy()
            query.pop("page", None)
            query.pop(name, None)
            self.rest[name] = query.urlencode()
        chosen = urlencode({name: value}) if value is not None else ""
        return f"?{'&'.join(filter(None, (self.rest[name], chosen)))}"
