"""What a search finds. The words are looked up in the index, who may read them is asked of the rows themselves."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Case, Exists, ExpressionWrapper, F, Field, OuterRef, QuerySet, When

from community import prepared
from community.prepared import Among, Numbers
from community.threads.models import Post, Thread
from community.threads.queries import ThreadQuerySet

from . import entries

# Longer queries are pasted texts; their first words say enough.
MOST_WORDS = 12
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
    # The place of the first of the moments asked about that it is not older than; behind the last if it is older.
    within: int


def found(
    asked: Asked, reader: Any, threads: ThreadQuerySet | None = None, begins: Sequence[datetime] = ()
) -> list[Hit]:
    """The posts with all the words that the reader may read, best first, of the best the index knows.

    Where no post has them all, those that have some, and `asked.loosely` says so. `threads` narrows it to some threads;
    `begins` are moments, the latest first, of which each says which is the first it is `within`.
    """
    hits = readable(entries.best(asked.words), reader, threads, begins)
    if hits or len(asked.words) == 1:
        return hits
    asked.loosely = True
    return readable(entries.best(asked.words, any_of_them=True), reader, threads, begins)


def readable(
    ranked: list[int], reader: Any, threads: ThreadQuerySet | None = None, begins: Sequence[datetime] = ()
) -> list[Hit]:
    """Of these posts those the reader may find, in their order."""
    posts = Numbers(ranked)
    rows = prepared.rows(findable, reader, posts, *begins) if threads is None else among(threads, reader, posts, begins)
    hits = {row[0]: Hit._make(row) for row in rows}
    return [hits[pk] for pk in ranked if pk in hits]


def findable(reader: Any, posts: Numbers, *begins: datetime) -> QuerySet:
    return among(Thread.objects.all(), reader, posts, begins)


def among(threads: ThreadQuerySet, reader: Any, posts: Numbers, begins: Sequence[datetime]) -> QuerySet:
    # No join: SQLite would begin with all threads and look in each for the posts.
    in_threads = Exists(threads.shown_in_lists().filter(pk=OuterRef("thread_id")))
    known = Post.objects.visible_to(reader, are_known=True).filter(Among(F("pk"), posts))
    found = known.filter(in_threads, hidden_at=None, deleted_at=None)
    # Of no kind, so that nothing is made of each of hundreds of values: truths and numbers are taken as they come.
    as_they_come = Field()
    official = ExpressionWrapper(F("is_official"), as_they_come)
    places = (When(created_at__gte=at, then=place) for place, at in enumerate(begins))
    within = Case(*places, default=len(begins), output_field=as_they_come)
    return found.values_list("pk", "thread_id", "number", "author_id", official, within)


def in_this_order(ids: list[int]) -> list[Post]:
    """The posts of one page of results, ready to be shown."""
    by_id = {post.pk: post for post in prepared.rows(shown, Numbers(ids))}
    return [by_id[pk] for pk in ids if pk in by_id]


def shown(posts: Numbers) -> QuerySet[Post]:
    found = Post.objects.filter(Among(F("pk"), posts))
    return found.select_related("thread__space", "thread__confirmed_on", "author").only(*SHOWN)


def thread_numbered(asked: Asked, reader: Any) -> Thread | None:
    """The thread whose number was typed, if the reader may open it."""
    if asked.number is None:
        return None
    return Thread.objects.visible_to(reader).for_listing().filter(pk=asked.number).first()
