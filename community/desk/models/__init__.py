from .calendars import Calendar, ClockKind, Holiday, OfficeBlock, Target
from .clocks import Breach, ChainLink, Clock, Mark, Rank, Telling, Unchangeable
from .handling import CLAIMED_FOR, OURS, REASON_LENGTH, Handling, Queue, Team
from .ready import ReadyReply

__all__ = [
    "CLAIMED_FOR",
    "OURS",
    "REASON_LENGTH",
    "Breach",
    "Calendar",
    "ChainLink",
    "Clock",
    "ClockKind",
    "Handling",
    "Holiday",
    "Mark",
    "OfficeBlock",
    "Queue",
    "Rank",
    "ReadyReply",
    "Target",
    "Team",
    "Telling",
    "Unchangeable",
]
