from .attachment import Attachment
from .confirmation import Confirmation, Voice
from .imported import ImportedAuthor, ImportedThread
from .lengths import LONGEST_REASON, MOST_TAGS
from .log import EntryKind, Lane, LogEntry
from .merging import BroughtAlong, Merging
from .moved import MovedPost
from .outlook import DeadlineStands, OfferStands, Outlook, PromiseStands, WaitReason
from .post import Kind, Post, Revision
from .reading import Bookmark, Draft, Follow, MeToo, ReadBefore, ReadMark, SavedFilter, Vote
from .thread import Audience, Genre, State, Thread

__all__ = [
    "LONGEST_REASON",
    "MOST_TAGS",
    "Attachment",
    "Audience",
    "Bookmark",
    "BroughtAlong",
    "Confirmation",
    "DeadlineStands",
    "Draft",
    "EntryKind",
    "Follow",
    "Genre",
    "ImportedAuthor",
    "ImportedThread",
    "Kind",
    "Lane",
    "LogEntry",
    "MeToo",
    "Merging",
    "MovedPost",
    "OfferStands",
    "Outlook",
    "Post",
    "PromiseStands",
    "ReadBefore",
    "ReadMark",
    "Revision",
    "SavedFilter",
    "State",
    "Thread",
    "Voice",
    "Vote",
    "WaitReason",
]
