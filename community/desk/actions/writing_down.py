"""What came to one of us privately becomes a case like any other, with its true beginning."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from community import clock
from community.desk.events import WrittenDown
from community.desk.models import Channel, Received
from community.desk.policies import may_write_down
from community.organisations.models import Organisation, Severity
from community.organisations.policies import seat_of
from community.people.models import Member
from community.people.policies import may_write
from community.policy import Invalid, require
from community.requests.actions import open_request
from community.spaces.models import Space
from community.threads.actions import ask_question
from community.threads.actions.record import locked, record
from community.threads.models import Audience, EntryKind, Thread

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
    require(may_write_down(by))
    now = clock.now()
    if channel not in Channel.values:
        raise Invalid("channel", _("Say how it came."))
    if came_at > now:
        raise Invalid("came_at", _("That is still to come."))
    if came_at < now - LONGEST_AGO:
        raise Invalid("came_at", _("That is more than a month ago."))
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
