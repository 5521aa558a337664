from typing import Any

from django.db.models import Q

from community.people.models import Member

from .models import Post, Thread

MOST = 8


def people_to_mention(reader: Member, prefix: str, *, thread: Thread | None = None) -> list[Member]:
    """At most eight members whose handle or name begins with `prefix`: those of the thread first, then others.

    Nobody is listed without a letter to go by, except the people of the thread.
    """
    called_so = Member.objects.active().exclude(pk=reader.pk)
    if prefix:
        called_so = called_so.filter(Q(handle__istartswith=prefix) | Q(name__istartswith=prefix))
    found: list[Member] = []
    if thread is not None:
        speakers = Post.objects.visible_to(reader).filter(thread=thread).values("author")
        found = list(called_so.filter(pk__in=speakers).order_by("handle")[:MOST])
    if prefix and len(found) < MOST:
        known = [person.pk for person in found]
        found += called_so.exclude(pk__in=known).order_by("handle")[: MOST - len(found)]
    return found


def threads_to_mention(reader: Any, prefix: str) -> list[Thread]:
    """At most eight threads the reader finds in lists: whose number begins so, or whose title has these words."""
    found = Thread.objects.visible_to(reader).shown_in_lists()
    if prefix.isascii() and prefix.isdigit():
        # The number itself stands first, then those that begin with it.
        return list(found.filter(pk__startswith=prefix).order_by("pk").for_listing()[:MOST])
    for word in prefix.split()[:MOST]:
        found = found.filter(title__icontains=word)
    return list(found.newest_first().for_listing()[:MOST]) if prefix.strip() else []
