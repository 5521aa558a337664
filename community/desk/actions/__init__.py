from .asides import open_aside
from .calendars import change_calendar
from .calls import call_about, call_in, end_call_in, end_calls_of, leave_line, note_first_words, return_call, take_call
from .clocks import look_at_clocks, move_clocks, settle_clocks, start_clocks
from .handling import assign_thread, claim_thread, release_thread, snooze_thread, take_thread, wake_thread
from .ready_replies import add_ready_reply, change_ready_reply, drop_ready_reply
from .rota import add_shift, drop_day, end_shift, look_for_gaps, note_gaps_mailed
from .settling import settle_handling, take_up_missed
from .telling import decide_who_is_told, note_mailed

__all__ = [
    "add_ready_reply",
    "add_shift",
    "assign_thread",
    "call_about",
    "call_in",
    "change_calendar",
    "change_ready_reply",
    "claim_thread",
    "decide_who_is_told",
    "drop_day",
    "drop_ready_reply",
    "end_call_in",
    "end_calls_of",
    "end_shift",
    "leave_line",
    "look_at_clocks",
    "look_for_gaps",
    "move_clocks",
    "note_first_words",
    "note_gaps_mailed",
    "note_mailed",
    "open_aside",
    "release_thread",
    "return_call",
    "settle_clocks",
    "settle_handling",
    "snooze_thread",
    "start_clocks",
    "take_call",
    "take_thread",
    "take_up_missed",
    "wake_thread",
]
