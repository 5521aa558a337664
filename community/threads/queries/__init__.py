from .conditions import CLOSED_WITHOUT_AN_ANSWER, UNANSWERED, is_followed_by, is_unread_by, waits_for
from .posts import AttachmentQuerySet, DraftQuerySet, LogEntryQuerySet, PostQuerySet, ReadBeforeQuerySet
from .threads import ThreadQuerySet

__all__ = [
    "CLOSED_WITHOUT_AN_ANSWER",
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
