from .conditions import (
    BY_PIN,
    BY_TURN,
    CLOSED_WITHOUT_AN_ANSWER,
    LISTED,
    UNANSWERED,
    WAITING_FOR_TEAM,
    is_followed_by,
    is_unread_by,
    waits_for,
)
from .posts import AttachmentQuerySet, DraftQuerySet, LogEntryQuerySet, PostQuerySet, ReadBeforeQuerySet
from .threads import ThreadQuerySet

__all__ = [
    "BY_PIN",
    "BY_TURN",
    "CLOSED_WITHOUT_AN_ANSWER",
    "LISTED",
    "UNANSWERED",
    "WAITING_FOR_TEAM",
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
