"""What came to one of us privately becomes a case like any other, with its true beginning."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from community import clock
from community.desk.events import CaseJoined, WrittenDown
from community.desk.models import Channel, Received, SameCase
from community.desk.policies import may_write_down
from community.events import publish
from community.organisations.models import Organisation, Severity
from community.organisations.policies import seat_of
from community.people.models import Member
from community.people.policies import may_write
from community.policy import Invalid, OutOfStep, require
from community.requests.actions import open_request
from community.spaces.models import Space
from community.threads.actions import ask_question, post_reply
from community.threads.actions.record import locked, record
from community.threads.models import Audience, EntryKind, Kind, Thread

# What lay longer than this with one of us is written down as of now, by hand and with a word about it.
LONGEST_AGO = timedelta(days=30)


@transaction.atomic
def write_down(
    *,
    by: Member,
    asker: Member,
    space: Space,
    title: str,
    body: str,
    channel: str,
    came_at: datetime,
    organisation: Organisation | None = None,
    token: str = "",
) -> Thread:
    """A question of `asker` that came to one of us: as a service request where an organisation is named, else between
    the asker and the team. Its clocks run from the moment it came. Raises NotAllowed, or Invalid with the field.
    """
    now = clock.now()
    check(by, channel=channel, came_at=came_at, now=now)
    if asker.pk == by.pk or not asker.is_active:
        raise Invalid("asker", _("Name the member whose question it is."))
    if organisation is None and not may_write(asker):
        # In words for whoever writes it down: the reason is between the asker and the moderators.
        raise Invalid("asker", _("This member cannot write in the community at present."))
    if organisation is None:
        thread = ask_question(
            by=asker, space=space, title=title, body=body, audience=Audience.NAMED, token=token, came_at=came_at
        )
    else:
        if seat_of(asker, organisation) is None:
            raise Invalid("asker", _("This member has no seat in that organisation."))
        thread = open_request(
            by=asker,
            organisation=organisation,
            space=space,
            title=title,
            body=body,
            severity=Severity.MEDIUM,
            token=token,
            came_at=came_at,
        ).thread
    _received, is_new = Received.objects.get_or_create(
        thread=thread, defaults={"channel": channel, "came_at": came_at, "written_by": by, "written_at": now}
    )
    if is_new:
        thread = locked(thread.pk)
        record(WrittenDown, thread, EntryKind.WRITTEN_DOWN, by=by, at=now)
    return thread


def check(by: Member, *, channel: str, came_at: datetime, now: datetime) -> None:
    require(may_write_down(by))
    if channel not in Channel.values:
        raise Invalid("channel", _("Say how it came."))
    if came_at > now:
        raise Invalid("came_at", _("That is still to come."))
    if came_at < now - LONGEST_AGO:
        raise Invalid("came_at", _("That is more than a month ago."))


@transaction.atomic
def join_case(
    *,
    by: Member,
    thread: Thread,
    asker: Member,
    space: Space,
    title: str,
    body: str,
    channel: str,
    came_at: datetime,
    organisation: Organisation | None = None,
) -> SameCase:
    """What came by another way belongs to a case of the same asker: it stands there as a note, and he is told so.

    Twice is once. Raises NotAllowed, Invalid with the field, or OutOfStep for a case that is none any more.
    """
    now = clock.now()
    check(by, channel=channel, came_at=came_at, now=now)
    thread = locked(thread.pk)
    if thread.author_id != asker.pk:
        raise Invalid("asker", _("That case is somebody else's."))
    if thread.is_merged or thread.is_closed or thread.is_hidden or thread.is_deleted:
        raise OutOfStep(_("That case has ended or leads elsewhere meanwhile. Write it down as one of its own."))
    what = {"title": title[:200], "channel": channel, "came_at": came_at}
    told = {"asker": asker, "organisation": organisation, "space": space, "body": body}
    joined, is_new = SameCase.objects.get_or_create(
        thread=thread, **what, defaults=told | {"joined_by": by, "joined_at": now}
    )
    if is_new:
        post_reply(by=by, thread=thread, body=f"**{Channel(channel).label}: {title}**\n\n{body}", kind=Kind.NOTE)
        publish(CaseJoined(thread_id=thread.pk, actor_id=by.pk))
    return joined


@transaction.atomic
def part_case(*, by: Member, joined: SameCase) -> Thread:
    """It was another matter after all: a case of its own, with the true beginning it has. Twice is once."""
    require(may_write_down(by))
    locked(joined.thread_id)
    joined = SameCase.objects.select_related("asker", "organisation", "space", "parted").get(pk=joined.pk)
    if joined.parted_at is None:
        own = ("asker", "organisation", "space", "title", "body", "channel", "came_at")
        told = {name: getattr(joined, name) for name in own}
        joined.parted = write_down(by=by, token=f"same-case-{joined.pk}", **told)
        joined.parted_at = clock.now()
        joined.save(update_fields=["parted", "parted_at"])
    if joined.parted is None:
        raise OutOfStep(_("The case that was made of it is gone."))
    return joined.parted
