from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from community import clock
from community.languages import speaking_for_all
from community.moderation.models import Verb
from community.moderation.policies import may_curate
from community.people.models import Member
from community.policy import Invalid, OutOfStep, require
from community.spaces.models import Space
from community.threads import events
from community.threads.actions.closing import close_locked, reopen_locked
from community.threads.actions.merging import locked_together, merge_locked, unmerge_locked, with_where_it_leads
from community.threads.actions.record import locked, record
from community.threads.actions.splitting import split_locked
from community.threads.models import EntryKind, Genre, Thread
from community.threads.policies import may_be_merged, stands_alone

from .decisions import decided, reason


@transaction.atomic
def lock_thread(*, by: Member, thread: Thread, because: str) -> Thread:
    """No more replies but by moderators; the reason is shown where the reply would be written."""
    thread = curated_alone(by, thread)
    because = reason(because)
    if thread.is_locked:
        raise OutOfStep(_("This thread is already locked."))
    at = clock.now()
    thread.locked_at, thread.locked_because = at, because
    record(events.ThreadLocked, thread, EntryKind.LOCKED, by=by, at=at)
    decided(Verb.LOCKED, by=by, at=at, because=because, thread=thread)
    return thread


@transaction.atomic
def unlock_thread(*, by: Member, thread: Thread, because: str = "") -> Thread:
    thread = curated_alone(by, thread)
    if not thread.is_locked:
        raise OutOfStep(_("This thread is not locked."))
    at = clock.now()
    thread.locked_at, thread.locked_because = None, ""
    record(events.ThreadUnlocked, thread, EntryKind.UNLOCKED, by=by, at=at)
    decided(Verb.UNLOCKED, by=by, at=at, because=because, thread=thread)
    return thread


@transaction.atomic
def pin_thread(*, by: Member, thread: Thread) -> Thread:
    thread = curated_alone(by, thread)
    if thread.pinned_at:
        raise OutOfStep(_("This thread is already pinned."))
    at = clock.now()
    thread.pinned_at = at
    record(events.ThreadPinned, thread, EntryKind.PINNED, by=by, at=at)
    decided(Verb.PINNED, by=by, at=at, thread=thread)
    return thread


@transaction.atomic
def unpin_thread(*, by: Member, thread: Thread) -> Thread:
    thread = curated_alone(by, thread)
    if not thread.pinned_at:
        raise OutOfStep(_("This thread is not pinned."))
    at = clock.now()
    thread.pinned_at = None
    record(events.ThreadUnpinned, thread, EntryKind.UNPINNED, by=by, at=at)
    decided(Verb.UNPINNED, by=by, at=at, thread=thread)
    return thread


@transaction.atomic
def move_thread(*, by: Member, thread: Thread, space: Space, because: str = "") -> Thread:
    """Put a thread where it belongs. Who may read it is then what the new space says, at once."""
    thread = curated_alone(by, thread)
    if thread.space_id == space.pk:
        raise Invalid("space", _("The thread is already there. Choose another space."))
    at = clock.now()
    before, thread.space = thread.space, space
    record(events.ThreadMoved, thread, EntryKind.MOVED, by=by, at=at)
    decided(Verb.MOVED, by=by, at=at, because=because, thread=thread, before=before.name, after=space.name)
    return thread


@transaction.atomic
def close_thread(*, by: Member, thread: Thread, because: str) -> Thread:
    """Close without claiming an answer. The asker reads the reason and can answer it."""
    thread = curated_alone(by, thread)
    because = reason(because)
    at = clock.now()
    before = thread.state
    close_locked(thread, by=by, at=at, because=because)
    decided(Verb.CLOSED, by=by, at=at, because=because, thread=thread, before=before)
    return thread


@transaction.atomic
def reopen_thread(*, by: Member, thread: Thread, because: str = "") -> Thread:
    thread = curated_alone(by, thread)
    at = clock.now()
    reopen_locked(thread, by=by, at=at)
    decided(Verb.REOPENED, by=by, at=at, because=because, thread=thread)
    return thread


@transaction.atomic
def merge_thread(*, by: Member, thread: Thread, into: Thread) -> Thread:
    """The same question asked twice: from now on it leads to the other, and its asker is asked whether it is so."""
    # Two moderators must not lead two threads to each other; in order, so that neither waits for ever.
    both = locked_together(thread.pk, into.pk)
    thread, into = both[thread.pk], both[into.pk]
    require(may_curate(by))
    if thread.is_merged:
        raise OutOfStep(
            _("This thread is already merged into #%(number)s. Take it apart first.")
            % {"number": thread.merged_into_id}
        )
    if not (may := may_be_merged(thread, into)):
        raise Invalid("into", may.reason)
    at = clock.now()
    merge_locked(thread, into, by=by, at=at)
    with speaking_for_all():
        because = str(_("The same problem as #%(number)s.") % {"number": into.pk})
    decided(Verb.MERGED, by=by, at=at, because=because, thread=thread, after=f"#{into.pk}")
    return thread


@transaction.atomic
def unmerge_thread(*, by: Member | None, thread: Thread, because: str) -> Thread:
    """It stands alone again, as if it had never been merged. By nobody where what it led to is gone."""
    if by is not None:
        require(may_curate(by))
    because = reason(because)
    thread, into = with_where_it_leads(thread.pk)
    unmerge_locked(thread, into, by=by, at=clock.now(), because=because)
    return thread


@transaction.atomic
def split_thread(
    *, by: Member, thread: Thread, posts: list[int], space: Space, title: str, because: str, genre: str = Genre.QUESTION
) -> Thread:
    """Some of its posts, by their numbers, become a thread of their own; the new one."""
    thread = curated_alone(by, thread)
    because = reason(because)
    title = " ".join(title.split())
    if not title:
        raise Invalid("title", _("Say in one sentence what happened."))
    at = clock.now()
    new = split_locked(thread, posts, by=by, at=at, space=space, title=title, genre=genre)
    decided(Verb.SPLIT, by=by, at=at, because=because, thread=thread, after=f"#{new.pk}")
    return new


@transaction.atomic
def hide_thread(*, by: Member, thread: Thread, because: str) -> Thread:
    """Out of every list, search and feed; the asker still reads it, with the reason."""
    thread = curated(by, thread)
    because = reason(because)
    if thread.is_hidden:
        raise OutOfStep(_("This thread is already hidden."))
    at = clock.now()
    hide_locked(thread, by=by, at=at, because=because)
    decided(Verb.HID_THREAD, by=by, at=at, because=because, thread=thread, member=thread.author)
    return thread


def hide_locked(thread: Thread, *, by: Member | None, at: datetime, because: str) -> None:
    """The caller holds the lock and has asked the policy."""
    if thread.is_hidden:
        return
    thread.hidden_at, thread.hidden_because = at, because
    record(events.ThreadHidden, thread, EntryKind.THREAD_HIDDEN, by=by, at=at)


@transaction.atomic
def unhide_thread(*, by: Member, thread: Thread, because: str) -> Thread:
    thread = curated(by, thread)
    because = reason(because)
    if not thread.is_hidden:
        raise OutOfStep(_("This thread is not hidden."))
    at = clock.now()
    show_locked(thread, by=by, at=at)
    decided(Verb.SHOWED_THREAD, by=by, at=at, because=because, thread=thread, member=thread.author)
    return thread


def show_locked(thread: Thread, *, by: Member | None, at: datetime) -> None:
    """The caller holds the lock and has asked the policy."""
    thread.hidden_at, thread.hidden_because = None, ""
    record(events.ThreadUnhidden, thread, EntryKind.THREAD_UNHIDDEN, by=by, at=at)


def curated(by: Member, thread: Thread) -> Thread:
    """The locked row, after the policy has agreed."""
    thread = locked(thread.pk)
    require(may_curate(by))
    return thread


def curated_alone(by: Member, thread: Thread) -> Thread:
    """The same for what would change how a merged thread stands when it is taken apart."""
    thread = curated(by, thread)
    if not (alone := stands_alone(thread)):
        raise OutOfStep(alone.reason)
    return thread
