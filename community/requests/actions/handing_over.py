from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from community import clock, prose
from community.events import publish
from community.organisations.models import Organisation, Seat
from community.people.models import Member
from community.people.policies import may_reach
from community.policy import Invalid, require
from community.threads.models import Draft

from ..events import DraftHandedOver
from ..models import Handover
from ..policies import may_hand_over

TITLE_LENGTH = 200


@transaction.atomic
def hand_over(
    *,
    by: Member,
    organisation: Organisation,
    caller: Member,
    title: str,
    body: str,
    fields: dict[str, Any] | None = None,
) -> Handover:
    """Give what was written to a named caller, who is told and may send it as it is or change it.

    Raises NotAllowed, Invalid for nothing written, too much, or somebody who is no named caller.
    """
    title = " ".join(title.split())
    if not (title or body.strip()):
        raise Invalid("body", _("Write something first."))
    if len(title) > TITLE_LENGTH:
        raise Invalid("title", _("Keep the title under %(count)s characters.") % {"count": TITLE_LENGTH})
    if len(body) > prose.MAX_LENGTH:
        raise Invalid("body", _("This is too long to be sent. Attach the long part as a file."))
    require(may_hand_over(by, organisation))
    if not Seat.objects.standing().callers().filter(organisation=organisation, member=caller).exists():
        raise Invalid("caller", _("Choose one of the named callers."))
    if not (reaches := may_reach(by, caller)):
        raise Invalid("caller", reaches.reason)
    handover = Handover.objects.create(
        organisation=organisation,
        writer=by,
        caller=caller,
        title=title,
        body=body,
        fields=fields or {},
        at=clock.now(),
    )
    Draft.objects.for_place(by, organisation=organisation).delete()
    publish(DraftHandedOver(handover_id=handover.pk))
    return handover
