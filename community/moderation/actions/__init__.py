from .flags import decline_flag, flag_post, uphold_flag
from .posts import hide_post, unhide_post
from .threads import (
    close_thread,
    hide_thread,
    lock_thread,
    mark_duplicate,
    move_thread,
    pin_thread,
    reopen_thread,
    unhide_thread,
    unlock_thread,
    unpin_thread,
)

__all__ = [
    "close_thread",
    "decline_flag",
    "flag_post",
    "hide_post",
    "hide_thread",
    "lock_thread",
    "mark_duplicate",
    "move_thread",
    "pin_thread",
    "reopen_thread",
    "unhide_post",
    "unhide_thread",
    "unlock_thread",
    "unpin_thread",
    "uphold_flag",
]
