from dataclasses import dataclass

from community.events import Event


@dataclass(frozen=True, kw_only=True)
class FlagDecided(Event):
    flag_id: int
    flagger_id: int
    outcome: str


@dataclass(frozen=True, kw_only=True)
class MemberSanctioned(Event):
    sanction_id: int
    member_id: int


@dataclass(frozen=True, kw_only=True)
class SanctionEnded(Event):
    """Taken back by somebody, or ended by itself."""

    sanction_id: int
    member_id: int


@dataclass(frozen=True, kw_only=True)
class TimerSkipped(Event):
    """Its time had come, and it was not done: whoever set it is told."""

    timer_id: int
    thread_id: int
    member_id: int


@dataclass(frozen=True, kw_only=True)
class AppealDecided(Event):
    appeal_id: int
    member_id: int


@dataclass(frozen=True, kw_only=True)
class TextHeld(Event):
    """Written down for a moderator instead of posted."""

    held_id: int
    member_id: int


@dataclass(frozen=True, kw_only=True)
class WaveCleared(Event):
    """`post_ids`: what was taken out of sight with it."""

    wave_id: int
    post_ids: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class WaveRestored(Event):
    """`post_ids`: what is shown again with it."""

    wave_id: int
    post_ids: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class ApprovedAgain(Event):
    """What was posted, held again and is posted once more: whoever was not told of it is told now."""

    post_ids: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class HeldDecided(Event):
    """Approved, declined, or withdrawn by its author."""

    held_id: int
    member_id: int
    outcome: str


@dataclass(frozen=True, kw_only=True)
class CaseChanged(Event):
    """Something waits for a moderator, or more gravely than before; or it is claimed, decided, undone."""

    case_id: int


@dataclass(frozen=True, kw_only=True)
class DecisionUndone(Event):
    """By whoever decided, within seconds: as if it had never been, but for the log."""

    case_id: int


@dataclass(frozen=True, kw_only=True)
class HiddenByFlags(Event):
    """Out of sight until a moderator has looked, because several people agree that one should."""

    post_id: int
    author_id: int


@dataclass(frozen=True, kw_only=True)
class TrustChanged(Event):
    change_id: int
    member_id: int


@dataclass(frozen=True, kw_only=True)
class TakenFromMember(Event):
    """A file, or the words of a profile: whose it was is told why."""

    decision_id: int
    member_id: int
