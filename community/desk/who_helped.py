"""Who had a hand in how a thread ended, and in what: read from its log and from what the desk keeps of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from community.people.models import Member
from community.threads.models import EntryKind, Kind, Lane, LogEntry, Thread

from .models import Call, Handling

# What the record says that somebody did.
DEEDS: dict[str, Any] = {
    EntryKind.PROMISED: _("gave a promise"),
    EntryKind.OFFERED: _("offered more than was promised"),
    EntryKind.DEADLINE_DECIDED: _("decided about the deadline"),
    EntryKind.ESCALATION_TAKEN: _("took care of it"),
    EntryKind.WRITTEN_DOWN: _("wrote it down"),
    EntryKind.ACCEPTED: _("stood behind an answer"),
}
SOLVED, WROTE = _("gave a solution"), _("wrote here")
# Work that the asker cannot read of. That there was some he may know; by whom stays in the house.
UNSEEN = None


@dataclass(frozen=True)
class Helper:
    """`deeds`: what the asker can read in the thread that this one did."""

    member: Member
    deeds: tuple[Any, ...]

    @property
    def is_suggested(self) -> bool:
        return self.deeds != (WROTE,)


def who_helped(thread: Thread) -> tuple[list[Helper], list[Member]]:
    """Everybody but the asker: those whom he met there, who did more than write first; and those who worked on it
    unseen. Three queries.
    """
    deeds: dict[int, list[Any]] = {}
    for member_id, deed in (*deeds_in_record(thread), *deeds_behind(thread)):
        known = deeds.setdefault(member_id, [])
        if deed is not UNSEEN and deed not in known:
            known.append(deed)
    deeds.pop(thread.author_id, None)
    people = Member.objects.active().in_bulk(deeds)
    met = [Helper(people[pk], tuple(found)) for pk, found in deeds.items() if pk in people and found]
    unseen = [people[pk] for pk, found in deeds.items() if pk in people and not found]
    return sorted(met, key=lambda helper: not helper.is_suggested), unseen


def deeds_in_record(thread: Thread) -> Iterator[tuple[int, Any]]:
    stands = Q(post=None) | Q(post__hidden_at=None, post__deleted_at=None)
    rows = LogEntry.objects.filter(stands, thread=thread, actor__isnull=False).order_by("at", "pk")
    for actor, kind, lane, post_kind in rows.values_list("actor", "kind", "lane", "post_kind"):
        if lane == Lane.TEAM:
            yield actor, UNSEEN
        elif kind == EntryKind.REPLIED:
            yield actor, SOLVED if post_kind == Kind.SOLUTION else WROTE
        elif kind in DEEDS:
            yield actor, DEEDS[kind]


def deeds_behind(thread: Thread) -> Iterator[tuple[int, Any]]:
    hands = Handling.objects.filter(thread=thread).values_list("assigned_to", "claimed_by")
    for hand in (*hands, *Call.objects.filter(thread=thread).values_list("taken_by")):
        for member_id in filter(None, hand):
            yield member_id, UNSEEN
