"""What can happen to a thread. Every fact below stands in the thread's log as one row, which `lane` and `seq` name."""

from dataclasses import dataclass

from community.events import Event


@dataclass(frozen=True, kw_only=True)
class ThreadChanged(Event):
    """What all of them carry; never published itself.

    `more_follows`: the same action did more, which stands in the log behind this and is published after it.
    """

    thread_id: int
    lane: str
    seq: int
    kind: str
    actor_id: int | None
    post_id: int | None = None
    more_follows: bool = False


class QuestionAsked(ThreadChanged):
    pass


@dataclass(frozen=True, kw_only=True)
class ReplyPosted(ThreadChanged):
    """`with_support`: tickets are tied to the thread, so that whoever mirrors need not look. `is_called`: somebody
    waits for a person in it, so that whoever keeps the line need not look either.
    """

    with_support: bool = False
    is_called: bool = False


class NotePosted(ThreadChanged):
    pass


class PostEdited(ThreadChanged):
    pass


class PostShownAnew(ThreadChanged):
    """A picture in it was taken away or given back, or its words are not what a moderator meant to let pass."""


class PostDeleted(ThreadChanged):
    pass


class PostRestored(ThreadChanged):
    pass


class PostHidden(ThreadChanged):
    pass


class PostUnhidden(ThreadChanged):
    pass


@dataclass(frozen=True, kw_only=True)
class AnswerAccepted(ThreadChanged):
    """By support, or confirmed by the asker, or by somebody else affected: `voice` keeps them apart."""

    voice: str
    author_id: int


class AnswerUnaccepted(ThreadChanged):
    pass


class AnswerFailed(ThreadChanged):
    pass


class ThreadRetitled(ThreadChanged):
    pass


class ThreadLocked(ThreadChanged):
    pass


class ThreadUnlocked(ThreadChanged):
    pass


class ThreadPinned(ThreadChanged):
    pass


class ThreadUnpinned(ThreadChanged):
    pass


class ThreadMoved(ThreadChanged):
    pass


class ThreadClosed(ThreadChanged):
    pass


class ThreadReopened(ThreadChanged):
    pass


class ThreadMerged(ThreadChanged):
    pass


class ThreadUnmerged(ThreadChanged):
    pass


class ThreadTookIn(ThreadChanged):
    """At the other end: another thread leads here from now on."""


class ThreadGaveBack(ThreadChanged):
    """At the other end: one that led here stands alone again."""


class ThreadSlowed(ThreadChanged):
    pass


class ThreadPlanned(ThreadChanged):
    """Something will happen by itself at a time, will no longer, or did not although its time had come."""


class ThreadSplitOff(ThreadChanged):
    """At the thread that posts were taken from."""


class ThreadBegunOfPosts(ThreadChanged):
    """At the new one; its first post is what it asks."""


class PostsMovedHere(ThreadChanged):
    """At the thread that they went to; its post is the last of them."""


class HelpedElsewhere(ThreadChanged):
    """The asker of a merged question says that the solution there helps him; one at each end."""


class ThreadHidden(ThreadChanged):
    pass


class ThreadUnhidden(ThreadChanged):
    pass


class ThreadDeleted(ThreadChanged):
    pass


class ThreadRestored(ThreadChanged):
    pass


class WithSupport(ThreadChanged):
    pass


@dataclass(frozen=True, kw_only=True)
class ThreadRead(Event):
    """A member has got further than before: to the post with this number. It changes nothing for anybody else."""

    thread_id: int
    member_id: int
    number: int
