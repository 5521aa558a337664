from django.db import transaction

from community import clock
from community.events import publish
from community.people.models import Member
from community.policy import require

from ..events import SeatLocked
from ..models import Organisation, Seat
from ..policies import may_ask_for_second_factors
from .keeping import locked


@transaction.atomic
def ask_for_second_factors(*, by: Member, organisation: Organisation, asked: bool) -> Organisation:
    """Whether its people come in only with a second factor; those without one stand outside at once."""
    organisation = locked(organisation.pk)
    require(may_ask_for_second_factors(by, organisation))
    if asked == (organisation.second_factor_since is not None):
        return organisation
    organisation.second_factor_since = clock.now() if asked else None
    organisation.save(update_fields=["second_factor_since"])
    outside = Seat.objects.standing().filter(organisation=organisation).exclude(pk__in=Seat.objects.usable())
    for seat in outside:
        publish(SeatLocked(organisation_id=organisation.pk, member_id=seat.member_id, by_id=by.pk))
    return organisation
