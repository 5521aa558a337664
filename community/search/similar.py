"""What resembles a question that is being written: other questions, and whatever else registers what it has.

Who writes pauses for half a second between two thoughts, so this takes two queries of our own and no model of language:
the words that say something, looked up in the index, and of what it finds the threads that share most of them.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.db.models import F
from django.db.models.functions import Left

from community.prose.stems import SMALL_WORDS
from community.threads.models import Post, Thread
from community.threads.rows import Row, row_of

from . import entries
from .queries import WORD, readable

MOST_THREADS = 5
MOST_ARTICLES = 3
# The first words of a title and a text say what it is about; more of them only find more that is not meant.
MOST_WORDS = 10
SHORTEST = 3
# Looked at more closely of what the index finds best.
LOOKED_AT = 60
READ_OF_A_POST = 1500
# With fewer words in common two texts only speak the same language.
FEWEST_SHARED = 2
# They say what language a text is in, not what it is about.
EMPTY = frozenset().union(*SMALL_WORDS.values())
ENDINGS = re.compile(r"(?:ing|ed|es|s|en|e)$")


@dataclass(frozen=True)
class Article:
    """What explains how to do something: a page of the help centre. `about`: product and state in plain words."""

    key: int
    title: str
    url: str
    summary: str = ""
    about: tuple[Any, ...] = ()
    is_confirmed: bool = False


class Articles(Protocol):
    """Where articles come from. The pages of the site know us, we do not know them."""

    def like(self, roots: list[str], *, product_id: int | None) -> Iterable[Article]: ...

    def numbered(self, keys: Iterable[int]) -> Iterable[Article]: ...


_shelves: list[Articles] = []


def offer_articles(shelf: Articles) -> None:
    """Called once by whoever has articles, when the apps are ready."""
    _shelves.append(shelf)


@dataclass
class Similar:
    threads: list[Row] = field(default_factory=list)
    articles: list[Article] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.threads) + len(self.articles)


def similar_to(
    title: str, body: str, reader: Any, *, product_id: int | None = None, apart_from: int | None = None
) -> Similar:
    """What this reader may read that resembles the text, most alike first."""
    roots = roots_of(title, body)
    if not roots:
        return Similar()
    threads = threads_like(roots, reader, product_id=product_id, apart_from=apart_from)
    return Similar([row_of(thread, reader) for thread in threads], articles_like(roots, product_id=product_id))


def articles_like(roots: list[str], *, product_id: int | None = None) -> list[Article]:
    return [article for shelf in _shelves for article in shelf.like(roots, product_id=product_id)][:MOST_ARTICLES]


def roots_of(title: str, body: str = "") -> list[str]:
    """The words that say something, without their endings: those of the title first."""
    roots: dict[str, None] = {}
    for word in WORD.findall(f"{title} {body[:READ_OF_A_POST]}".lower()):
        if len(word) >= SHORTEST and word not in EMPTY and not word.isdigit():
            roots.setdefault(root_of(word))
    return list(roots)[:MOST_WORDS]


def root_of(word: str) -> str:
    root = ENDINGS.sub("", word)
    return root if len(root) >= SHORTEST else word


def shared(roots: list[str], text: str) -> int:
    """How many of the words begin a word of the text."""
    found = {root for word in WORD.findall(text.lower()) for root in roots if word.startswith(root)}
    return len(found)


def enough(roots: list[str]) -> int:
    """How many words two texts must have in common to be called alike."""
    return min(FEWEST_SHARED, len(roots))


def threads_like(roots: list[str], reader: Any, *, product_id: int | None, apart_from: int | None) -> list[Thread]:
    ranked = [hit.pk for hit in readable(entries.best(roots, any_of_them=True), reader)[:LOOKED_AT]]
    posts = (
        Post.objects.filter(pk__in=ranked)
        .annotate(beginning=Left("body", READ_OF_A_POST), about=F("thread__title"), product=F("thread__product_id"))
        .values_list("pk", "thread_id", "beginning", "about", "product")
    )
    place = {pk: number for number, pk in enumerate(ranked)}
    weight: dict[int, tuple[float, int]] = {}
    for pk, thread_id, beginning, about, product in posts:
        in_title = shared(roots, about)
        in_all = shared(roots, f"{about} {beginning}")
        if thread_id == apart_from or in_all < enough(roots):
            continue
        # A title is chosen, a text only runs on; the product at hand decides between equals.
        weighs = 2 * in_title + in_all + (0.5 if product_id and product == product_id else 0)
        weight[thread_id] = max(weight.get(thread_id, (0, 0)), (weighs, -place[pk]))
    best = sorted(weight, key=lambda key: weight[key], reverse=True)[:MOST_THREADS]
    found = Thread.objects.visible_to(reader).shown_in_lists().filter(pk__in=best).for_listing().in_bulk()
    return [found[key] for key in best if key in found]


def articles_numbered(keys: Iterable[int]) -> list[Article]:
    keys = list(keys)
    return [article for shelf in _shelves for article in shelf.numbered(keys)] if keys else []
