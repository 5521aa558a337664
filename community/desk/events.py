from dataclasses import dataclass

from community.events import Event


@dataclass(frozen=True, kw_only=True)
class ReadyReplyChanged(Event):
    """Added, changed or dropped: who keeps a list of them looks again."""

    reply_id: int
    actor_id: int


@dataclass(frozen=True, kw_only=True)
class CalendarChanged(Event):
    """Other hours, or another holiday: what runs by it is due at another time."""

    calendar_id: int
    actor_id: int


@dataclass(frozen=True, kw_only=True)
class ClockChanged(Event):
    """What all below carry; never published itself."""

    thread_id: int
    kind: str


class ClockMoved(ClockChanged):
    """Something is due at another time than before, and nothing was said in the thread."""


@dataclass(frozen=True, kw_only=True)
class ClockWarned(ClockChanged):
    """So much per cent of what was promised has passed."""

    mark: int


class ClockBreached(ClockChanged):
    pass


@dataclass(frozen=True, kw_only=True)
class QueueChanged(Event):
    """A thread came into a queue of the desk, left it, or came back from being put aside."""

    thread_id: int


@dataclass(frozen=True, kw_only=True)
class ThreadAssigned(Event):
    """Somebody has it in hand now, or a team, or nobody."""

    thread_id: int
    actor_id: int
    member_id: int | None = None
    team_id: int | None = None
