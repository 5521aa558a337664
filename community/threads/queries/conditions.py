"""What lists and counts are made of: conditions, and the rows they ask about."""

from datetime import UTC, datetime
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.db.models.functions import Coalesce

from community.organisations.models import Seat
from community.people.policies import is_team
from community.spaces.models import Space

WAITING_FOR_TEAM = ("waiting_us", "workaround")


def in_open_space(reader: Any) -> Q:
    return Q(space__in=Space.objects.visible_to(reader))


def seats_of(member: Any) -> Any:
    return Seat.objects.usable().filter(member_id=member.pk)


def seated(member: Any) -> Any:
    """The ids of the organisations the member has a seat in."""
    return seats_of(member).values("organisation_id")


# Neither hidden nor deleted, and not merged into another one: what lists show.
LISTED = Q(hidden_at=None, deleted_at=None, merged_into=None)
# Pinned ones first. A time that was never, as databases do not agree where nothing stands in an order.
BY_PIN = Coalesce("pinned_at", Value(datetime(1970, 1, 1, tzinfo=UTC))).desc()
# What waits for us, then what waits for the asker, behind them what has ended.
BY_TURN = Case(When(state__in=WAITING_FOR_TEAM, then=0), When(state="waiting_asker", then=1), default=2)

# Conditions, so that a list and the count in its tab are made of the same words.
UNANSWERED = Q(genre="question", reply_count=0, closed_at=None)
# As the page of the thread says it: nobody has stood behind an answer, and the asker confirmed none.
CLOSED_WITHOUT_AN_ANSWER = Q(genre="question", state="closed", best=None, confirmed_by_asker_at=None)
# What those who run the place keep among themselves.
INSIDE = Q(kind="note") | ~Q(hidden_at=None) | ~Q(deleted_at=None)


def waits_for(member: Any) -> Q:
    """Where it is this member's turn: the asker's for everybody, the house's for the team."""
    mine = Q(author=member, state__in=("waiting_asker", "answered"))
    return mine | Q(state__in=WAITING_FOR_TEAM) if is_team(member) else mine


def is_followed_by(member: Any) -> Q:
    return Q(Exists(rows_of("Follow").filter(member=member, thread=OuterRef("pk"))))


def is_unread_by(member: Any) -> Q:
    """Threads the member follows or has opened, with posts behind the last one read."""
    behind = Exists(read_marks(member).filter(number__lt=OuterRef("post_count")))
    return Q(behind) | is_followed_by(member) & ~Q(Exists(read_marks(member)))


def read_marks(member: Any) -> models.QuerySet:
    """The member's read marks on the thread of the outer query."""
    return rows_of("ReadMark").filter(member=member, thread=OuterRef("pk"))


def rows_of(model: str) -> Any:
    """The rows of a sibling model. Models stand on their queries, so queries find models by name."""
    return apps.get_model("threads", model).objects.all()
