"""What of a member's own is with the moderators: what was flagged and decided, as the member was told it."""

from collections.abc import Iterator
from typing import Any

from community.people.models import Member

from .models import Appeal, Flag, Held, Sanction


def belongings(member: Member) -> Iterator[tuple[str, Any]]:
    flagged = ("post", "thread", "reason", "words", "created_at", "outcome", "decided_at", "decided_because")
    yield "flags.json", Flag.objects.filter(flagger=member).values(*flagged)
    held = ("what", "thread", "title", "body", "at", "state", "decided_at", "decided_because")
    yield "held.json", Held.objects.filter(by=member).values(*held)
    decided = ("kind", "because", "at", "until", "ended_at", "ended_because")
    yield "decided-about-you.json", Sanction.objects.filter(member=member).values(*decided)
    appealed = ("words", "at", "outcome", "decided_at", "decided_because")
    yield "appeals.json", Appeal.objects.filter(member=member).values(*appealed)
