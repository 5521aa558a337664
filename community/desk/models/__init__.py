from .calendars import Calendar, ClockKind, Holiday, OfficeBlock, Target
from .clocks import Breach, ChainLink, Clock, Mark, Rank, Telling, Unchangeable
from .ready import ReadyReply

__all__ = [
    "Breach",
    "Calendar",
    "ChainLink",
    "Clock",
    "ClockKind",
    "Holiday",
    "Mark",
    "OfficeBlock",
    "Rank",
    "ReadyReply",
    "Target",
    "Telling",
    "Unchangeable",
]
