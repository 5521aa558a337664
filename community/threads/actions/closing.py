"""Ending a thread without claiming an answer, and taking that back. Who may is asked by those who call this."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from community.people.models import Member
from community.policy import OutOfStep
from community.threads.events import ThreadClosed, ThreadReopened
from community.threads.models import EntryKind, State, Thread
from community.threads.turns import settle

from .record import record


def close_locked(thread: Thread, *, by: Member, at: datetime, because: str) -> None:
    """The caller holds the lock and has asked a policy. Raises OutOfStep when the thread is closed already."""
    if thread.is_closed:
        raise OutOfStep(_("This thread is already closed."))
    thread.closed_at, thread.closed_because = at, because
    thread.move_to_state(State.CLOSED, at)
    record(ThreadClosed, thread, EntryKind.CLOSED, by=by, at=at)


def reopen_locked(thread: Thread, *, by: Member, at: datetime) -> None:
    """As `close_locked`. The state is again what was said and confirmed before."""
    if not thread.is_closed:
        raise OutOfStep(_("This thread is not closed."))
    thread.closed_at, thread.closed_because = None, ""
    thread.move_to_state(State.WAITING_US if thread.is_question else State.OPEN, at)
    settle(thread, at)
    record(ThreadReopened, thread, EntryKind.REOPENED, by=by, at=at)
