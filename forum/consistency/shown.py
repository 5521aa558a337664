"""What a thread shows of what others keep: the time set for it, the call in it, the clock that is due."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django.db import transaction
from django.db.models import Q

from community.desk.actions.clocks import due_of
from community.desk.models import Call, Clock
from community.moderation.models import Timer
from community.threads.actions.record import locked
from community.threads.models import Thread

NAMES = {
    ("planned_act", "planned_at"): "what is to happen by itself",
    ("called_at",): "whether somebody waits for a person",
    ("due_for", "due_at"): "what is due",
}
NOTHING: dict[tuple[str, ...], tuple[Any, ...]] = {
    ("planned_act", "planned_at"): ("", None),
    ("called_at",): (None,),
    ("due_for", "due_at"): ("", None),
}


def kept(columns: tuple[str, ...], thread_id: int | None = None) -> dict[int, tuple[Any, ...]]:
    """By thread, what its columns should say; a thread that is not named shows nothing."""
    of = Q() if thread_id is None else Q(thread=thread_id)
    if columns == ("planned_act", "planned_at"):
        # The earliest is the last that is put in.
        rows = Timer.objects.filter(of, ended_at=None).order_by("-at")
        return {timer.thread_id: (timer.act, timer.at) for timer in rows}
    if columns == ("called_at",):
        calls = Call.objects.filter(of, ended_at=None).exclude(thread=None)
        return {pk: (at,) for pk, at in calls.values_list("thread_id", "asked_at")}
    clocks = Clock.objects.filter(of).order_by("thread", "pk").iterator(chunk_size=500)
    return {pk: due_of(list(rows)) for pk, rows in groupby(clocks, lambda row: row.thread_id)}


def differing(columns: tuple[str, ...]) -> list[int]:
    nothing, should = NOTHING[columns], kept(columns)
    says_something = Thread.objects.exclude(**dict(zip(columns, nothing, strict=True)))
    shown = {pk: tuple(told) for pk, *told in says_something.values_list("pk", *columns)}
    return sorted(pk for pk in should.keys() | shown.keys() if should.get(pk, nothing) != shown.get(pk, nothing))


def shown() -> Iterator[str]:
    for columns, what in NAMES.items():
        for pk in differing(columns):
            yield f"thread {pk}: {columns[0]} is wrong about {what}"


def mend() -> Iterator[str]:
    for columns, what in NAMES.items():
        for pk in differing(columns):
            with transaction.atomic():
                locked(pk)
                right = kept(columns, pk).get(pk, NOTHING[columns])
                Thread.objects.filter(pk=pk).update(**dict(zip(columns, right, strict=True)))
            yield f"thread {pk}: {columns[0]} says again {what}"


CHECKS = (shown,)
