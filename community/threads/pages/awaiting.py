"""What an asker is told while nobody has answered yet: who can read the question, and how long it took of late."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from community.threads.models import Audience, Genre, Thread

LAST = 20
# Of fewer questions a figure says nothing.
FEWEST = 5


@dataclass(frozen=True)
class FirstReplies:
    """Half of the last `of` questions in a space had a first reply within this time."""

    of: int
    within: timedelta


def who_reads(thread: Thread) -> str:
    if thread.audience == Audience.NAMED:
        return _("Only the team and you can read it.")
    if thread.audience == Audience.TEAM:
        return _("Only the team can read it.")
    if thread.is_open_to_all:
        return _("Everybody can read it.")
    return _("Everybody who may read %(space)s can read it.") % {"space": thread.space.name}


def first_replies(thread: Thread) -> FirstReplies | None:
    """The median of the questions before this one in its space; None where most still wait, or too few were asked."""
    before: Any = Thread.objects.in_space(thread.space).shown_in_lists().filter(genre=Genre.QUESTION)
    before = before.filter(created_at__lt=thread.created_at).with_first_reply().order_by("-created_at")
    asked = list(before.values_list("created_at", "first_reply_at")[:LAST])
    if len(asked) < FEWEST:
        return None
    # Who still waits has waited longer than anybody who was answered.
    took = sorted(replied - at for at, replied in asked if replied)
    middle = (len(asked) - 1) // 2
    return FirstReplies(len(asked), took[middle]) if middle < len(took) else None
