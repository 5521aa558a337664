"""The way through a long thread: who speaks in it, and where a day begins."""

from datetime import date, datetime, time, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from community import prepared
from community.people.models import Member
from community.people.queries import NOT_SHOWN
from community.threads.models import Post, Thread

# As many faces as stand in one line of the side.
MOST_PEOPLE = 8
# Counting all of a thread of twenty thousand for every page took 50 ms of its 94, on SQLite; these take 2.
LATEST = 500


def people_of(thread: Thread) -> list[Member]:
    """Who has said something that stands, the asker first, then whoever said most lately."""
    before_latest = max(thread.post_count - LATEST, 0)
    return [thread.author, *prepared.rows(others_speaking_in, thread.pk, thread.author_id, before_latest)]


def others_speaking_in(thread_id: int, asker_id: int, after: int) -> QuerySet[Member]:
    said = Q(posts__thread=thread_id, posts__number__gt=after, posts__hidden_at=None, posts__deleted_at=None)
    speaking = Member.objects.filter(said).exclude(pk=asker_id).annotate(said=Count("posts"))
    return speaking.defer(*NOT_SHOWN).order_by("-said", "pk")[: MOST_PEOPLE - 1]


def first_of_day(thread: Thread, reader: Any, day: date) -> Post:
    """The first post of that day where the reader is, of a later one if nobody spoke on it, else the last of all."""
    begins = datetime.combine(day, time.min, tzinfo=zone_of(reader))
    numbered = Post.objects.in_record_of(thread, reader).exclude(number=None)
    found = numbered.filter(created_at__gte=begins).first() or numbered.last()
    found.thread = thread
    return found


def zone_of(reader: Any) -> tzinfo:
    if reader.is_authenticated and reader.time_zone:
        return ZoneInfo(reader.time_zone)
    return timezone.get_current_timezone()
