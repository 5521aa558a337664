"""What of a member's own is in requests: beside the posts, how to be reached and what was handed over."""

from collections.abc import Iterator
from typing import Any

from community.organisations.models import Seat
from community.people.models import Member

from .models import CopiedIn, Handover, ServiceRequest


def belongings(member: Member) -> Iterator[tuple[str, Any]]:
    seats = ("organisation__name", "kind", "manages", "given_at", "ended_at")
    yield "seats.json", Seat.objects.filter(member=member).values(*seats)
    asked = ("pk", "thread", "severity", "contact", "telephone")
    yield "requests.json", ServiceRequest.objects.filter(thread__author=member).values(*asked)
    yield "handed-over.json", Handover.objects.filter(writer=member).values("title", "body", "fields", "at")
    yield "copied-in.json", CopiedIn.objects.filter(member=member).values("thread", "at")
