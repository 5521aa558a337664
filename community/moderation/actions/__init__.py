from .appeals import appeal_sanction, decide_appeal
from .batches import begin_batch, continue_batch, undo_batch
from .cases import claim_case, claim_next, close_case, let_go_of_case, open_case
from .contradictions import decide_contradiction
from .files import give_file_back, take_file_away
from .flags import decline_flag, flag_thing, uphold_flag
from .holding import approve_held, decline_held, rewrite_held, withdraw_held
from .moving import move_posts
from .posts import hide_post, unhide_post
from .profiles import clear_profile
from .sanctions import end_sanction, let_run_out, note_person, sanction_member
from .threads import (
    close_thread,
    hide_thread,
    lock_thread,
    merge_thread,
    move_thread,
    pin_thread,
    reopen_thread,
    split_thread,
    unhide_thread,
    unlock_thread,
    unmerge_thread,
    unpin_thread,
)
from .timers import drop_timers, run_timer, set_timer, slow_thread
from .trusting import release_trust, set_trust, set_trust_rules, settle_trust
from .undoing import undo_decision
from .watching import check_pattern, drop_word, set_limits, set_rule, watch_word
from .waves import clear_wave, dismiss_wave, free_account, restore_wave

__all__ = [
    "appeal_sanction",
    "approve_held",
    "begin_batch",
    "check_pattern",
    "claim_case",
    "claim_next",
    "clear_profile",
    "clear_wave",
    "close_case",
    "close_thread",
    "continue_batch",
    "decide_appeal",
    "decide_contradiction",
    "decline_flag",
    "decline_held",
    "dismiss_wave",
    "drop_timers",
    "drop_word",
    "end_sanction",
    "flag_thing",
    "free_account",
    "give_file_back",
    "hide_post",
    "hide_thread",
    "let_go_of_case",
    "let_run_out",
    "lock_thread",
    "merge_thread",
    "move_posts",
    "move_thread",
    "note_person",
    "open_case",
    "pin_thread",
    "release_trust",
    "reopen_thread",
    "restore_wave",
    "rewrite_held",
    "run_timer",
    "sanction_member",
    "set_limits",
    "set_rule",
    "set_timer",
    "set_trust",
    "set_trust_rules",
    "settle_trust",
    "slow_thread",
    "split_thread",
    "take_file_away",
    "undo_batch",
    "undo_decision",
    "unhide_post",
    "unhide_thread",
    "unlock_thread",
    "unmerge_thread",
    "unpin_thread",
    "uphold_flag",
    "watch_word",
    "withdraw_held",
]
