from dataclasses import dataclass

from community.events import Event
from community.threads.events import ThreadChanged


@dataclass(frozen=True, kw_only=True)
class RequestOpened(Event):
    """Its thread was asked just before, in the same transaction."""

    request_id: int
    thread_id: int


class SeverityChanged(ThreadChanged):
    pass


@dataclass(frozen=True, kw_only=True)
class ColleagueCopiedIn(ThreadChanged):
    member_id: int


@dataclass(frozen=True, kw_only=True)
class ColleagueTakenOut(ThreadChanged):
    member_id: int


@dataclass(frozen=True, kw_only=True)
class DraftHandedOver(Event):
    handover_id: int
