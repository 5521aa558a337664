from .asides import Aside
from .calendars import Calendar, ClockKind, Holiday, OfficeBlock, Target
from .calls import Call, Ending
from .clocks import Breach, ChainLink, Clock, Mark, Rank, Telling, Unchangeable
from .complaints import Complaint
from .deadlines import DECIDED_WITHIN, Deadline, Offer
from .escalations import BEHIND, TAKEN_WITHIN, Called, Escalation
from .handling import CLAIMED_FOR, OURS, Handling, Queue, Team
from .promises import BROKEN_AFTER, Promise
from .ready import ReadyReply
from .received import CasePair, Channel, Matter, Received, SameCase
from .rota import Gap, LiveTarget, Shift
from .thanks import THANKS_LENGTH, Thanks

__all__ = [
    "BEHIND",
    "BROKEN_AFTER",
    "CLAIMED_FOR",
    "DECIDED_WITHIN",
    "OURS",
    "TAKEN_WITHIN",
    "THANKS_LENGTH",
    "Aside",
    "Breach",
    "Calendar",
    "Call",
    "Called",
    "CasePair",
    "ChainLink",
    "Channel",
    "Clock",
    "ClockKind",
    "Complaint",
    "Deadline",
    "Ending",
    "Escalation",
    "Gap",
    "Handling",
    "Holiday",
    "LiveTarget",
    "Mark",
    "Matter",
    "Offer",
    "OfficeBlock",
    "Promise",
    "Queue",
    "Rank",
    "ReadyReply",
    "Received",
    "SameCase",
    "Shift",
    "Target",
    "Team",
    "Telling",
    "Thanks",
    "Unchangeable",
]
