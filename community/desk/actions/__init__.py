from .calendars import change_calendar
from .clocks import look_at_clocks, move_clocks, settle_clocks, start_clocks
from .handling import assign_thread, claim_thread, release_thread, snooze_thread, take_thread, wake_thread
from .ready_replies import add_ready_reply, change_ready_reply, drop_ready_reply
from .settling import settle_handling, take_up_missed
from .telling import decide_who_is_told, note_mailed

__all__ = [
    "add_ready_reply",
    "assign_thread",
    "change_calendar",
    "change_ready_reply",
    "claim_thread",
    "decide_who_is_told",
    "drop_ready_reply",
    "look_at_clocks",
    "move_clocks",
    "note_mailed",
    "release_thread",
    "settle_clocks",
    "settle_handling",
    "snooze_thread",
    "start_clocks",
    "take_thread",
    "take_up_missed",
    "wake_thread",
]
