from .conditions import UNANSWERED, is_followed_by, is_unread_by, waits_for
from .posts import AttachmentQuerySet, DraftQuerySet, LogEntryQuerySet, PostQuerySet, ReadBeforeQuerySet
from .threads import ThreadQuerySet

__all__ = [
    "UNANSWERED",
    "AttachmentQuerySet",
    "DraftQuerySet",
    "LogEntryQuerySet",
    "PostQuerySet",
    "ReadBeforeQuerySet",
    "ThreadQuerySet",
    "is_followed_by",
    "is_unread_by",
    "waits_for",
]
