"""Which conversations may be one matter, said in two places (features S38)."""

from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from .models import CasePair, Matter


def with_same_case[Rows: QuerySet](rows: Rows, thread: str = "pk") -> Rows:
    """Each row with `same_case`: how the thread stands to the one that is nearest to it; None where there is none."""
    mine = CasePair.objects.filter(Q(thread=OuterRef(thread)) | Q(other=OuterRef(thread))).exclude(stands=Matter.APART)
    return rows.annotate(same_case=Subquery(mine.order_by("stands").values("stands")[:1]))


def joined_with(thread_id: int) -> list[int]:
    """The threads that are one case with this one."""
    pairs = CasePair.objects.filter(Q(thread=thread_id) | Q(other=thread_id), stands=Matter.JOINED)
    return [other if first == thread_id else first for first, other in pairs.values_list("thread", "other")]


def pairs_of(thread: Any, readable: QuerySet) -> list[CasePair]:
    """What is to be decided about a thread, and what is joined with it; both ends readable."""
    pairs = CasePair.objects.filter(Q(thread=thread) | Q(other=thread), thread__in=readable, other__in=readable)
    return list(
        pairs.exclude(stands=Matter.APART)
        .select_related("thread__service_request", "thread__author", "other__service_request", "other__author")
        .order_by("stands", "pk")
    )
