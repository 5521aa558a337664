from dataclasses import dataclass

from community.events import Event
from community.threads.events import ThreadChanged


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
class RotaChanged(Event):
    """Somebody is on at another time than before."""

    shift_id: int
    actor_id: int


@dataclass(frozen=True, kw_only=True)
class GapsFound(Event):
    """Hours that were promised in which nobody is on, and of which nobody was told yet."""

    gap_ids: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class CallChanged(Event):
    """What all of them carry; never published itself. No thread: nobody was there, so none was opened."""

    call_id: int
    asker_id: int
    thread_id: int | None


class CallBegun(CallChanged):
    pass


class CallTaken(CallChanged):
    pass


class CallReturned(CallChanged):
    """Whoever had taken it did not come to it; it waits where it stood."""


class CallOverdue(CallChanged):
    """The promised seconds have passed without a word of a person; said once."""


class CallAnswered(CallChanged):
    """A person of support has said the first words."""


class CallEnded(CallChanged):
    """Without words: left, or not answered."""


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
class CaseJoined(Event):
    """What an asker told us by another way was put to his case."""

    thread_id: int
    actor_id: int


@dataclass(frozen=True, kw_only=True)
class ThreadAssigned(Event):
    """Somebody has it in hand now, or a team, or nobody."""

    thread_id: int
    actor_id: int
    member_id: int | None = None
    team_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class AsideOpened(ThreadChanged):
    """Support talks with the asker about this thread in private: in the thread `aside_id`."""

    aside_id: int


class PromiseMade(ThreadChanged):
    pass


class PromiseDelivered(ThreadChanged):
    """Whoever promised says that it is done; the asker has not said so."""


class PromiseJudged(ThreadChanged):
    """Kept, late or broken: by the asker's word, or by the clock where nobody acted."""


@dataclass(frozen=True, kw_only=True)
class PromiseDue(Event):
    """The window of a promise is about to end, and nothing was said of it; the public record has no line of it."""

    promise_id: int


class PromiseOverdue(ThreadChanged):
    """The promised time has passed and nothing came."""


@dataclass(frozen=True, kw_only=True)
class DeadlineStated(ThreadChanged):
    """`conflicts`: nothing is promised before it, so a person decides."""

    deadline_id: int
    conflicts: bool


@dataclass(frozen=True, kw_only=True)
class DeadlineUndecided(Event):
    """The hour in which a person was to decide is over."""

    deadline_id: int


class DeadlineDecided(ThreadChanged):
    pass


class OfferMade(ThreadChanged):
    pass


class OfferAnswered(ThreadChanged):
    pass


@dataclass(frozen=True, kw_only=True)
class Escalated(Event):
    """The account manager is called; `step` says how far up it has gone by now."""

    escalation_id: int
    step: int


@dataclass(frozen=True, kw_only=True)
class EscalationTaken(Event):
    escalation_id: int


class EscalationShown(ThreadChanged):
    """The record of the request has a line of it."""


class WrittenDown(ThreadChanged):
    """What came privately stands here now, as the asker's own."""


@dataclass(frozen=True, kw_only=True)
class ThanksGiven(Event):
    """The asker thanks somebody, after he has said that it is solved."""

    thanks_id: int


@dataclass(frozen=True, kw_only=True)
class ComplaintMade(Event):
    """Somebody says that what ended did not help him."""

    complaint_id: int


@dataclass(frozen=True, kw_only=True)
class ComplaintAnswered(Event):
    complaint_id: int
