from .asides import Aside
from .calendars import Calendar, ClockKind, Holiday, OfficeBlock, Target
from .calls import Call, Ending
from .clocks import Breach, ChainLink, Clock, Mark, Rank, Telling, Unchangeable
from .handling import CLAIMED_FOR, OURS, REASON_LENGTH, Handling, Queue, Team
from .ready import ReadyReply
from .rota import Gap, LiveTarget, Shift

__all__ = [
    "CLAIMED_FOR",
    "OURS",
    "REASON_LENGTH",
    "Aside",
    "Breach",
    "Calendar",
    "Call",
    "ChainLink",
    "Clock",
    "ClockKind",
    "Ending",
    "Gap",
    "Handling",
    "Holiday",
    "LiveTarget",
    "Mark",
    "OfficeBlock",
    "Queue",
    "Rank",
    "ReadyReply",
    "Shift",
    "Target",
    "Team",
    "Telling",
    "Unchangeable",
]
