from .batches import TO_MANY, UNDO_FOR, Batch, BatchAct, BatchItem, ItemOutcome
from .canned import CannedReason
from .cases import Case, CaseKind
from .decisions import KEYS_APART, Decision, Verb
from .flags import FLAGGED, SEVERITY, Deed, Flag, FlagReason, Outcome
from .held import Held, HeldBecause, HeldKind, HeldState
from .kinds import FOR_GOOD, SanctionKind
from .newcomers import DEFAULTS, LIMITED, Limits, default_limits
from .sanctions import Appeal, AppealOutcome, PersonNote, Sanction
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
    "default_limits",
    "trust_rules",
]
