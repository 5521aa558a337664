from .asides import open_aside
from .asking import ask_in_time, request_in_time, state_what_was_kept
from .calendars import change_calendar
from .calls import (
    call_about,
    call_in,
    end_call_in,
    end_calls_of,
    leave_line,
    note_first_words,
    note_overdue,
    return_call,
    take_call,
)
from .clocks import look_at_clocks, move_clocks, settle_clocks, start_clocks
from .complaining import answer_complaint, complain
from .deadlines import (
    accept_deadline,
    answer_offer,
    decline_deadline,
    make_offer,
    note_undecided,
    offer_alternative,
    state_deadline,
)
from .escalating import escalate, pass_on, take_escalation
from .handling import assign_thread, claim_thread, release_thread, snooze_thread, take_thread, wake_thread
from .promises import (
    current_promise,
    judge_promise,
    look_at_promise,
    make_promise,
    note_reminder_mailed,
    say_delivered,
)
from .ready_replies import add_ready_reply, change_ready_reply, drop_ready_reply
from .rota import add_shift, drop_day, end_shift, look_for_gaps, note_gaps_mailed
from .same_case import decide_pair, offer_pair
from .settling import settle_handling, take_up_missed
from .telling import decide_who_is_told, note_mailed
from .thanking import take_back_thanks, thank, thank_unseen
from .writing_down import join_case, part_case, write_down

__all__ = [
    "accept_deadline",
    "add_ready_reply",
    "add_shift",
    "answer_complaint",
    "answer_offer",
    "ask_in_time",
    "assign_thread",
    "call_about",
    "call_in",
    "change_calendar",
    "change_ready_reply",
    "claim_thread",
    "complain",
    "current_promise",
    "decide_pair",
    "decide_who_is_told",
    "decline_deadline",
    "drop_day",
    "drop_ready_reply",
    "end_call_in",
    "end_calls_of",
    "end_shift",
    "escalate",
    "join_case",
    "judge_promise",
    "leave_line",
    "look_at_clocks",
    "look_at_promise",
    "look_for_gaps",
    "make_offer",
    "make_promise",
    "move_clocks",
    "note_first_words",
    "note_gaps_mailed",
    "note_mailed",
    "note_overdue",
    "note_reminder_mailed",
    "note_undecided",
    "offer_alternative",
    "offer_pair",
    "open_aside",
    "part_case",
    "pass_on",
    "release_thread",
    "request_in_time",
    "return_call",
    "say_delivered",
    "settle_clocks",
    "settle_handling",
    "snooze_thread",
    "start_clocks",
    "state_deadline",
    "state_what_was_kept",
    "take_back_thanks",
    "take_call",
    "take_escalation",
    "take_thread",
    "take_up_missed",
    "thank",
    "thank_unseen",
    "wake_thread",
    "write_down",
]
