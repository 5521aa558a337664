from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from community import clock
from community.policy import OutOfStep
from community.tickets.doors.hooks import Call
from community.tickets.models import Delivery, OutsideSystem, TicketLink


def hear(*, system: OutsideSystem, call: Call) -> list[int]:
    """A signed call about tickets: which links shall be looked at. Raises OutOfStep for one that was heard before.

    It only makes us look, so that calls that come late, twice or in another order change nothing by themselves.
    """
    try:
        with transaction.atomic():
            Delivery.objects.create(system=system, signature=call.signature, at=clock.now())
    except IntegrityError:
        raise OutOfStep(_("This was heard before.")) from None
    links = TicketLink.objects.alive().exclude(remote_id="").filter(system=system.slug, remote_id__in=call.references)
    return list(links.values_list("pk", flat=True))
