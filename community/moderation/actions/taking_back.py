"""Putting a thread back as it stood before a decision of moments ago, unless somebody has gone on since."""

from datetime import datetime
from typing import Any, Protocol

from django.utils.translation import gettext as _

from community import clock
from community.languages import speaking_for_all
from community.moderation.models import Verb
from community.moderation.policies import may_curate
from community.people.models import Member
from community.policy import OutOfStep, require
from community.spaces.models import Space, Tag
from community.threads.actions.record import locked, record
from community.threads.events import ThreadReopened
from community.threads.models import EntryKind, Thread

from .decisions import decided
from .tagging import tag_thread, untag_thread
from .threads import move_thread, unhide_thread, unlock_thread, unmerge_thread


class Stood(Protocol):
    """How a thread stood before, and the number of its last change when it was done."""

    seq: int
    state: str
    state_since: datetime | None
    space: Space | None


def put_back(thread_id: int, act: str, stood: Stood, *, by: Member, tag: Tag | None = None) -> None:
    """`act`: as in BatchAct, or "hand_over". Raises OutOfStep when somebody has changed the thread since."""
    thread = locked(thread_id)
    if thread.seq != stood.seq:
        raise changed_since()
    because = words_for_now()
    about: dict[str, Any] = {"by": by, "thread": thread, "because": because}
    match act:
        case "lock":
            unlock_thread(**about)
        case "close":
            open_as_it_was(thread, stood, by=by, because=because)
        case "move" if stood.space:
            move_thread(**about, space=stood.space)
        case "hand_over":
            wait_as_before(thread, stood, by=by, at=clock.now())
        case "merge":
            unmerge_thread(**about)
        case "hide":
            unhide_thread(**about)
        case "tag" if tag:
            untag_thread(**about, tag=tag)
        case "untag" if tag:
            tag_thread(**about, tag=tag)


def changed_since() -> OutOfStep:
    return OutOfStep(_("Somebody has changed it since, so it stays."))


def words_for_now() -> str:
    with speaking_for_all():
        return _("Taken back at once.")


def open_as_it_was(thread: Thread, stood: Stood, *, by: Member, because: str) -> None:
    """It waits since when it waited, as if it had never been closed. The caller holds the lock."""
    require(may_curate(by))
    at = clock.now()
    thread.closed_at, thread.closed_because = None, ""
    wait_as_before(thread, stood, by=by, at=at)
    decided(Verb.REOPENED, by=by, at=at, because=because, thread=thread)


def wait_as_before(thread: Thread, stood: Stood, *, by: Member, at: datetime) -> None:
    thread.state, thread.state_since = stood.state, stood.state_since or at
    record(ThreadReopened, thread, EntryKind.REOPENED, by=by, at=at)
