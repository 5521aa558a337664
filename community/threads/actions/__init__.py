from .asking import ask_question
from .attaching_files import attach_file, detach_file, sweep_attachments
from .editing import delete_post, edit_post, restore_post, retitle_thread
from .judging import accept_answer, confirm_answer, unaccept_answer, withdraw_confirmation
from .keeping_filters import drop_filter, save_filter
from .merging import call_it_different, say_it_helps
from .reading import bookmark, drop_draft, follow, mark_read, me_too, save_draft, vote
from .replying import post_reply

__all__ = [
    "accept_answer",
    "ask_question",
    "attach_file",
    "bookmark",
    "call_it_different",
    "confirm_answer",
    "delete_post",
    "detach_file",
    "drop_draft",
    "drop_filter",
    "edit_post",
    "follow",
    "mark_read",
    "me_too",
    "post_reply",
    "restore_post",
    "retitle_thread",
    "save_draft",
    "save_filter",
    "say_it_helps",
    "sweep_attachments",
    "unaccept_answer",
    "vote",
    "withdraw_confirmation",
]
