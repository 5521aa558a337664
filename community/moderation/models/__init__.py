from .batches import TO_MANY, Batch, BatchAct, BatchItem, ItemOutcome
from .canned import CannedReason
from .cases import Case, CaseKind
from .decisions import KEYS_APART, Decision, Verb
from .flags import FLAGGED, SEVERITY, Deed, Flag, FlagReason, Outcome
from .held import Held, HeldBecause, HeldKind, HeldState
from .kinds import FOR_GOOD, SanctionKind
from .newcomers import DEFAULTS, LIMITED, Limits, default_limits
from .sanctions import Appeal, AppealOutcome, PersonNote, Sanction
from .seconds import TOO_LATE_TO_UNDO, UNDO_FOR, came_in_time, can_be_undone
from .timers import Timer, TimerAct
from .trust import AGAINST, NEEDED, TrustChange, TrustRule, trust_rules
from .watching import ApprovalRule, WatchedAct, WatchedWord, WatchMark
from .waves import HeldAccount, Wave, WaveState

__all__ = [
    "AGAINST",
    "DEFAULTS",
    "FLAGGED",
    "FOR_GOOD",
    "KEYS_APART",
    "LIMITED",
    "NEEDED",
    "SEVERITY",
    "TOO_LATE_TO_UNDO",
    "TO_MANY",
    "UNDO_FOR",
    "Appeal",
    "AppealOutcome",
    "ApprovalRule",
    "Batch",
    "BatchAct",
    "BatchItem",
    "CannedReason",
    "Case",
    "CaseKind",
    "Decision",
    "Deed",
    "Flag",
    "FlagReason",
    "Held",
    "HeldAccount",
    "HeldBecause",
    "HeldKind",
    "HeldState",
    "ItemOutcome",
    "Limits",
    "Outcome",
    "PersonNote",
    "Sanction",
    "SanctionKind",
    "Timer",
    "TimerAct",
    "TrustChange",
    "TrustRule",
    "Verb",
    "WatchMark",
    "WatchedAct",
    "WatchedWord",
    "Wave",
    "WaveState",
    "came_in_time",
    "can_be_undone",
    "default_limits",
    "trust_rules",
]
