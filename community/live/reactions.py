"""What open pages are told once something has happened."""

from django.db.models import QuerySet

from community import prepared
from community.desk.events import CallChanged, QueueChanged, RotaChanged, ThreadAssigned
from community.desk.models import Call
from community.inbox.events import NoticesLeft
from community.moderation.events import CaseChanged, MemberSanctioned
from community.organisations.events import SeatChanged
from community.people.events import MemberDeactivated, MemberErased, RoleChanged, SignedOut
from community.threads.events import ThreadChanged
from community.threads.models import Audience, EntryKind, Lane, Thread

from . import frames, hub
from .messages import frame

# Who may read the thread is not the same afterwards.
OTHER_READERS = frozenset(
    {
        EntryKind.THREAD_HIDDEN,
        EntryKind.THREAD_UNHIDDEN,
        EntryKind.THREAD_DELETED,
        EntryKind.THREAD_RESTORED,
        EntryKind.MOVED,
    }
)
# A sign-out is announced before the session is gone, so we look a second time.
A_MOMENT = 1.0
type AboutMember = SeatChanged | RoleChanged | MemberDeactivated | MemberErased | MemberSanctioned | SignedOut


def send_frame(event: ThreadChanged) -> None:
    """Show the change to everybody who has the thread open, and tell lists and the asker that there is one."""
    stream = frames.stream_of(event.thread_id, event.lane)
    others = event.kind in OTHER_READERS
    if others:
        hub.recheck(stream=frames.stream_of(event.thread_id, Lane.TEAM))
    hinted = to_hint(event)
    heard = hub.heard(stream, *hinted)
    if stream in heard:
        # All that a page shows is asked for only where a page is open.
        thread = Thread.objects.for_page().get(pk=event.thread_id)
        entry = frames.rows_of_log(thread).get(lane=event.lane, seq=event.seq)
        hub.send(stream, frames.text_of(entry, thread), seq=entry.seq, other_rights=others)
    for name in hinted:
        if name in heard:
            # Only that something changed: what each reader may know of it is asked over HTTP.
            hub.send(name, frame("hint", name, thread=event.thread_id))


def to_hint(event: ThreadChanged) -> list[str]:
    """The lists that the thread stands in, and its asker."""
    if event.lane != Lane.ALL or event.kind == EntryKind.EDITED:
        return []
    [thread] = prepared.rows(with_space, event.thread_id)
    streams = []
    if thread.is_open_to_all:
        streams = ["list:all", f"list:space-{thread.space.parent_id}" if thread.space.parent_id else ""]
    if thread.audience == Audience.EVERYONE and not thread.is_hidden and not thread.is_deleted:
        streams.append(f"list:space-{thread.space_id}")
    if event.actor_id != thread.author_id and not thread.is_deleted:
        streams.append(f"member:{thread.author_id}")
    return [stream for stream in streams if stream]


def with_space(thread_id: int) -> QuerySet[Thread]:
    return Thread.objects.filter(pk=thread_id).select_related("space__parent")


def tell_moderators(event: CaseChanged) -> None:
    # Not even the number: not every moderator reads the threads of organisations.
    hub.send("list:flags", frame("hint", "list:flags"))


def tell_the_desk(event: QueueChanged | ThreadAssigned) -> None:
    # Not even the number: of the team not everybody reads the requests of organisations.
    hub.send("list:desk", frame("hint", "list:desk"))


def tell_members(event: NoticesLeft) -> None:
    """Open pages of these members ask how many notices there are now."""
    for stream in hub.heard(*(f"member:{member_id}" for member_id in event.member_ids)):
        hub.send(stream, frame("hint", stream))


def tell_the_line(event: CallChanged | RotaChanged) -> None:
    """The line of those who take calls looks again, and so does everybody in it: their places are others."""
    askers = set(Call.objects.in_line().values_list("asked_by_id", flat=True))
    if isinstance(event, CallChanged):
        askers.add(event.asker_id)
    for stream in hub.heard("list:line", *(f"member:{asker}" for asker in askers)):
        hub.send(stream, frame("hint", stream))


def recheck_member(event: AboutMember) -> None:
    """Close the sockets of sign-ins that ended, and end what the member may no longer hear."""
    hub.recheck(member=event.member_id)
    if isinstance(event, SignedOut):
        hub.recheck(member=event.member_id, after=A_MOMENT)
