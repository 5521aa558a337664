"""What the page of a thread says to everybody: `{% regions_of thread line best tags as regions %}`; and who speaks.

All who read the same are given the same text. What was made is kept under everything it was made of: whatever the
database told of the thread and of what belongs to it, what was concluded from that, and how long ago things were in
words. So it cannot be older than the thread that it is asked for with.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cache
from operator import attrgetter
from typing import Any, NamedTuple

from django import template
from django.db.models import Model
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from community import clock
from community.people.models import Member
from community.remembered import Remembered
from community.threads.pages.post import PostView
from forum.templatetags.house import duration, short, since

register = template.Library()

REGIONS = ("notices", "head", "state", "best", "turn")
# Threads that are read just now; each holds its best solution.
MOST_REMEMBERED = 300
# A longer text is known by its hash, so that nothing is held twice.
LONG = 200
# All that is shown of somebody. The rest of a member changes while he reads.
SHOWN_OF_MEMBERS = attrgetter("pk", "handle", "name", "role", "helped_count", "erased_at")

_regions = Remembered[dict[str, SafeString]](MOST_REMEMBERED)


@register.simple_tag
def regions_of(thread: Any, line: Any, best: Any, tags: Iterable[Any]) -> dict[str, SafeString]:
    """By name, as templates/components/thread_<name>.html says them to everybody; an asker has a state of his own."""
    of_tags = tuple((tag.name, tag.slug) for tag in tags)
    facts = (get_language(), all_of(thread, set()), concluded(line), best.works, of_tags, spoken(thread, line))
    return _regions.of(facts, lambda: made({"thread": thread, "line": line, "best": best, "tags": tags}))


def made(context: dict[str, Any]) -> dict[str, SafeString]:
    return {name: render_to_string(f"components/thread_{name}.html", context) for name in REGIONS}


def concluded(line: Any) -> tuple[Any, ...]:
    post = line.post and all_of(line.post, {id(line.thread)})
    about_time = (line.since, line.took, line.first_reply_after, line.is_late, line.has_passed, line.should_be_decided)
    return line.says, line.by_asker, line.is_for_asker, tuple(map(str, line.more)), post, about_time


def spoken(thread: Any, line: Any) -> tuple[Any, ...]:
    """How the time that has gone since is said now."""
    now = clock.now()
    return (
        # Dates of this year have none.
        now.year,
        since(line.since),
        since(thread.state_since),
        since(thread.last_post_at),
        since(thread.due_at),
        thread.due_at and duration(thread.due_at - now),
        short(thread.created_at),
        thread.with_support_at and short(thread.with_support_at),
    )


def all_of(row: Any, known: set[int]) -> tuple[Any, ...]:
    """Every value of the row, and of the rows that came with it."""
    if isinstance(row, Member):
        return SHOWN_OF_MEMBERS(row)
    known.add(id(row))
    values = tuple(map(plain, map(row.__dict__.get, columns_of(type(row)))))
    joined = row._state.fields_cache.items()
    return values, *((name, all_of(other, known)) for name, other in joined if other and id(other) not in known)


@cache
def columns_of(model: type[Model]) -> tuple[str, ...]:
    return tuple(field.attname for field in model._meta.concrete_fields)


def plain(value: Any) -> Any:
    if isinstance(value, str):
        return value if len(value) <= LONG else hash(value)
    return repr(value) if isinstance(value, list | dict) else value


class Speaker(NamedTuple):
    """One of those who speak in a thread: facts for `made_once`."""

    handle: str
    called: str
    is_team: bool
    answers_officially: bool
    curates: bool
    erased_at: datetime | None


SHOWN_OF_SPEAKERS = attrgetter(*Speaker._fields)


@register.filter
def speakers(people: Iterable[Any]) -> tuple[Speaker, ...]:
    return tuple(map(Speaker._make, map(SHOWN_OF_SPEAKERS, people)))


@register.filter
def in_runs(items: Iterable[Any], mine: Any) -> Iterator[Any]:
    """The record as HTML, as far as it is the same for every reader; between that the items that are not.

    What is joined is the HTML of posts, rendered by their template.
    """
    run: list[str] = []
    for item in items:
        if isinstance(item, PostView) and not stands_apart(item.post, mine):
            run.append(item.html)
            continue
        yield mark_safe("".join(run))
        run.clear()
        yield item
    yield mark_safe("".join(run))


def stands_apart(post: Any, mine: Any) -> bool:
    """Whether something of the reader's own stands around the post or beside it."""
    return post.pk in mine.muted or post.pk in mine.judging or (mine.is_team and post.is_removed)
