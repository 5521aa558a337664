"""What the desk says in a thread in nobody's own words: in the asker's language, in his time zone."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from community import languages
from community.threads.models import Thread, WaitReason


@contextmanager
def to_the_asker(thread: Thread) -> Iterator[ZoneInfo]:
    """Everything said within is said as the asker reads it; the zone is his, or the house's where he chose none."""
    with languages.speaking(languages.of_member(thread.author)):
        yield zone_of(thread.author)


def zone_of(member: Any) -> ZoneInfo:
    return ZoneInfo(getattr(member, "time_zone", "") or settings.TIME_ZONE)


def window_in_words(begins_at: datetime | None, until: datetime, zone: ZoneInfo) -> str:
    """28 Nov 2026, 07:00 to 07:30 (Europe/Vienna); the day stands twice only where it is another one."""
    ends = until.astimezone(zone)
    if begins_at is None:
        words = _("by %(until)s") % {"until": date_format(ends, "j M Y, H:i")}
    else:
        begins = begins_at.astimezone(zone)
        same_day = begins.date() == ends.date()
        words = _("%(begin)s to %(until)s") % {
            "begin": date_format(begins, "j M Y, H:i"),
            "until": date_format(ends, "H:i" if same_day else "j M Y, H:i"),
        }
    return f"{words} ({zone.key})"


def reason_in_words(because: str, more: str) -> str:
    return " ".join(more.split()) or (str(WaitReason(because).label) if because else "")


def promise_in_words(
    thread: Thread, what: str, begins_at: datetime | None, until: datetime, because: str, more: str
) -> str:
    """One paragraph of Markdown in which nothing that was typed is Markdown."""
    with to_the_asker(thread) as zone:
        said = _("Promised: %(what)s, %(window)s.") % {
            "what": literal(what),
            "window": window_in_words(begins_at, until, zone),
        }
        reason = reason_in_words(because, more)
        return said + (" " + _("The reason: %(reason)s.") % {"reason": literal(reason)} if reason else "")


def literal(words: str) -> str:
    """Typed words as Markdown that shows them as they are."""
    return "".join(f"\\{letter}" if letter in r"\`*_{}[]<>()#+-!|~@:" else letter for letter in words)


def declined_in_words(thread: Thread, because: str) -> str:
    with to_the_asker(thread):
        return _("This cannot be done by your deadline. The reason: %(reason)s") % {"reason": literal(because)}


def offer_in_words(thread: Thread, what: str) -> str:
    with to_the_asker(thread):
        return _("Offered beyond what was promised: %(what)s. What was promised stays, whatever you say to it.") % {
            "what": literal(what)
        }
