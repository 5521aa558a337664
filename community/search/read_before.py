"""What somebody opened of what was offered while asking. It waits in the session until the question is sent."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.dateparse import parse_datetime

from community.threads.models import ReadBefore, Thread

from .similar import articles_numbered

KEY = "read_before"
MOST = 12
# What was read last week says nothing about the question of today.
REMEMBERED_FOR = timedelta(days=1)


@dataclass(frozen=True)
class Opened:
    kind: str
    key: int
    title: str
    url: str
    at: datetime


def remember(session: Any, kind: str, key: int, *, at: datetime) -> None:
    kept = [entry for entry in session.get(KEY, []) if entry[:2] != [kind, key]]
    session[KEY] = [*kept, [kind, key, at.isoformat()]][-MOST:]


def forget(session: Any) -> None:
    session.pop(KEY, None)


def opened_by(reader: Any, session: Any, *, now: datetime) -> list[Opened]:
    """What is remembered and can still be found, in the order of reading."""
    kept = [(kind, key, parse_datetime(at)) for kind, key, at in session.get(KEY, [])]
    kept = [(kind, key, at) for kind, key, at in kept if at and now - at < REMEMBERED_FOR]
    if not kept:
        return []
    keys = {name: [key for kind, key, _at in kept if kind == name] for name in ("thread", "article")}
    threads = Thread.objects.visible_to(reader).shown_in_lists().filter(pk__in=keys["thread"]) if keys["thread"] else []
    found = {("thread", thread.pk): (thread.title, thread.get_absolute_url()) for thread in threads}
    found |= {("article", one.key): (one.title, one.url) for one in articles_numbered(keys["article"])}
    return [Opened(kind, key, *found[kind, key], at) for kind, key, at in kept if (kind, key) in found]


def as_rows(opened: list[Opened]) -> list[ReadBefore]:
    """For the thread that is about to be made."""
    return [
        ReadBefore(other_id=one.key, at=one.at)
        if one.kind == "thread"
        else ReadBefore(title=one.title[:255], url=one.url[:500], at=one.at)
        for one in opened
    ]
