"""A thread as a row of a list: whose turn and for how long, what it is about, the three marks."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .models import Audience, Genre, State, Thread


@dataclass
class Row:
    """What components/row.html shows."""

    key: int
    url: str
    title: str
    last_at: datetime
    turn: Any = ""
    turn_since: datetime | None = None
    turn_more: Any = ""
    tone: str = ""
    about: list = field(default_factory=list)
    worth: Any = ""
    worth_tone: str = ""
    too: int = 0
    marks: dict | None = None
    unread: bool = False
    # Posts of others that the reader has not seen; only where the list knows the reader.
    new: int = 0
    # Who asked, and who had the last word if that is somebody else.
    asker: Any = None
    last: Any = None
    pinned: bool = False
    locked: bool = False
    hidden: bool = False
    deleted: bool = False
    inner: bool = False


def row_of(thread: Thread, reader) -> Row:
    """The row this reader sees. The thread comes from `for_listing()`, `with_reading_of()` when the reader is known."""
    turn, since, more, tone = turn_of(thread, reader)
    unread = getattr(thread, "is_unread", False)
    return Row(
        key=thread.pk,
        # Where the reader left off; without anything new, where it begins.
        url=reverse("threads:unread", args=[thread.pk]) if unread else thread.get_absolute_url(),
        title=thread.title,
        last_at=thread.last_post_at,
        turn=turn,
        turn_since=since,
        turn_more=more,
        tone=tone,
        about=about(thread),
        worth=_("With support") if thread.with_support_at else "",
        too=thread.me_too_count,
        marks=marks(thread) if thread.genre == Genre.QUESTION else None,
        unread=unread,
        new=getattr(thread, "new_count", 0) if unread else 0,
        asker=thread.author,
        last=thread.last_poster if thread.last_poster_id != thread.author_id else None,
        pinned=thread.pinned_at is not None,
        locked=thread.is_locked,
        hidden=thread.is_hidden,
        deleted=thread.is_deleted,
        inner=thread.audience == Audience.TEAM,
    )


def rows_of(threads, reader) -> list[Row]:
    return [row_of(thread, reader) for thread in threads]


def turn_of(thread: Thread, reader) -> tuple[Any, datetime | None, Any, str]:
    """The first word or the time it has run, the second line, and the colour that means it."""
    if thread.is_merged:
        return _("Merged"), None, _("into #%(number)s") % {"number": thread.merged_into_id}, ""
    match thread.state:
        case State.WAITING_US if thread.asker_says_no_at:
            return "", thread.state_since, _("the asker says no"), "owe"
        case State.WAITING_US:
            return "", thread.state_since, _("waiting for us"), "owe"
        case State.WORKAROUND:
            return "", thread.state_since, _("a solution is owed"), "owe"
        case State.WAITING_ASKER if reader.is_authenticated and thread.author_id == reader.pk:
            return "", thread.state_since, _("waiting for you"), "act"
        case State.WAITING_ASKER:
            return "", thread.state_since, _("waiting for the asker"), ""
        case State.CONFIRMED if thread.confirmed_on:
            return _("Confirmed"), None, _("by the asker on %(version)s") % {"version": thread.confirmed_on.name}, "ok"
        case State.CONFIRMED:
            return _("Confirmed"), None, _("by the asker"), "ok"
        case State.ANSWERED if thread.others_confirmed_count:
            count = thread.others_confirmed_count
            return _("Confirmed"), None, ngettext("by %(n)s other", "by %(n)s others", count) % {"n": count}, "ok"
        case State.ANSWERED if thread.accepted_by_support_at:
            return _("Answered"), None, _("by support, not confirmed"), ""
        case State.ANSWERED:
            return _("Answered"), None, _("not confirmed"), ""
        case State.UNKNOWN:
            return _("Not known"), None, _("whether it helped"), ""
        case State.CLOSED:
            return _("Closed"), None, _("without an answer"), ""
        case _:
            return thread.get_genre_display().capitalize(), None, "", ""


def about(thread: Thread) -> list[str]:
    replies = ngettext("%(n)s reply", "%(n)s replies", thread.reply_count) % {"n": thread.reply_count}
    where = [part.name for part in (thread.version, thread.platform) if part]
    whose = thread.organisation.name if thread.organisation else ""
    return [whose, thread.space.name, *where, replies if thread.reply_count else _("no reply yet")]


def marks(thread: Thread) -> dict:
    asker = "yes" if thread.confirmed_by_asker_at else "no" if thread.asker_says_no_at else ""
    return {"support": bool(thread.accepted_by_support_at), "asker": asker, "others": thread.others_confirmed_count}
