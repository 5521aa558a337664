from .calendars import change_calendar
from .clocks import look_at_clocks, move_clocks, settle_clocks, start_clocks
from .ready_replies import add_ready_reply, change_ready_reply, drop_ready_reply
from .telling import decide_who_is_told, note_mailed

__all__ = [
    "add_ready_reply",
    "change_calendar",
    "change_ready_reply",
    "decide_who_is_told",
    "drop_ready_reply",
    "look_at_clocks",
    "move_clocks",
    "note_mailed",
    "settle_clocks",
    "start_clocks",
]
