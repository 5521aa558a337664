from .decisions import KEYS_APART, Decision, Verb
from .flags import SEVERITY, Flag, FlagReason, Outcome
from .kinds import FOR_GOOD, SanctionKind
from .sanctions import Appeal, AppealOutcome, PersonNote, Sanction

__all__ = [
    "FOR_GOOD",
    "KEYS_APART",
    "SEVERITY",
    "Appeal",
    "AppealOutcome",
    "Decision",
    "Flag",
    "FlagReason",
    "Outcome",
    "PersonNote",
    "Sanction",
    "SanctionKind",
    "Verb",
]
