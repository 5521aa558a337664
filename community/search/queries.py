"""What a search finds. The words are looked up in the index, who may read them is asked of the rows themselves."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, QuerySet

from community import prepared
from community.threads.models import Post, Thread
from community.threads.queries import ThreadQuerySet

from . import entries

# Longer queries are pasted texts; their first words say enough.
MOST_WORDS = 12
# How many kinds of questions are asked about hundreds of posts (prepared.filled_up).
STEP = 100
# What a tokeniser takes for one word: letters and digits, with the signs that hold version numbers and names together.
WORD = re.compile(r"\w+(?:[.\-]\w+)*")


# What a row of the results says: of the post, of its writer, of its thread.
SHOWN = (
    *("number", "kind", "is_official", "created_at", "html", "author__handle", "author__name", "author__erased_at"),
    *("thread__title", "thread__genre", "thread__author", "thread__state", "thread__state_since"),
    *("thread__me_too_count", "thread__merged_into", "thread__others_confirmed_count", "thread__asker_says_no_at"),
    *("thread__accepted_by_support_at", "thread__confirmed_by_asker_at"),
    *("thread__confirmed_on__name", "thread__space__name"),
)


@dataclass
class Asked:
    """A search as it was typed and chosen."""

    text: str
    words: list[str] = field(default_factory=list)
    number: int | None = None
    loosely: bool = False

    def __post_init__(self) -> None:
        self.words = WORD.findall(self.text)[:MOST_WORDS]
        alone = self.text.strip().removeprefix("#")
        if alone.isascii() and alone.isdigit() and len(alone) < 10:
            self.number = int(alone)


class Hit(NamedTuple):
    """A post that was found, and what a search can be narrowed by beside what its thread is about."""

    pk: int
    thread_id: int
    # None of a note.
    number: int | None
    author_id: int
    is_official: bool
    created_at: datetime


def found(asked: Asked, reader: Any, threads: ThreadQuerySet | None = None) -> list[Hit]:
    """The posts with all the words that the reader may read, best first, of the best the index knows.

    Where no post has them all, those that have some, and `asked.loosely` says so. `threads` narrows it to some threads.
    """
    hits = readable(entries.best(asked.words), reader, threads)
    if hits or len(asked.words) == 1:
        return hits
    asked.loosely = True
    return readable(entries.best(asked.words, any_of_them=True), reader, threads)


def readable(ranked: list[int], reader: Any, threads: ThreadQuerySet | None) -> list[Hit]:
    """Of these posts those the reader may find, in their order."""
    if threads is None:
        rows = prepared.rows(findable, reader, *prepared.filled_up(ranked, STEP))
    else:
        rows = list(among(threads, reader, ranked))
    hits = {pk: Hit(pk, *rest) for pk, *rest in rows}
    return [hits[pk] for pk in ranked if pk in hits]


def findable(reader: Any, *posts: int) -> QuerySet:
    return among(Thread.objects.all(), reader, posts)


def among(threads: ThreadQuerySet, reader: Any, posts: Sequence[int]) -> QuerySet:
    # No join: SQLite would begin with all threads and look in each for the posts.
    in_threads = Exists(threads.shown_in_lists().filter(pk=OuterRef("thread_id")))
    found = Post.objects.visible_to(reader).filter(in_threads, pk__in=posts, hidden_at=None, deleted_at=None)
    return found.values_list(*Hit._fields)


def in_this_order(ids: list[int]) -> list[Post]:
    """The posts of one page of results, ready to be shown."""
    posts = Post.objects.select_related("thread__space", "thread__confirmed_on", "author").only(*SHOWN)
    by_id = posts.in_bulk(ids)
    return [by_id[pk] for pk in ids if pk in by_id]


def thread_numbered(asked: Asked, reader: Any) -> Thread | None:
    """The thread whose number was typed, if the reader may open it."""
    if asked.number is None:
        return None
    return Thread.objects.visible_to(reader).for_listing().filter(pk=asked.number).first()
