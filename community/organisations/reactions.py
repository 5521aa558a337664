from typing import Any

from django.utils.translation import gettext_lazy as _

from community import clock
from community.people.events import MemberErased
from community.people.models import Erasure, Member

from .actions.keeping import locked
from .actions.seats import end
from .events import SeatOffered
from .models import Invitation, Organisation, Seat
from .tasks import mail_invitation


def queue_invitation(event: SeatOffered) -> None:
    mail_invitation.enqueue(event.invitation_id)


def free_seats(event: MemberErased) -> None:
    """Somebody else can be called instead. What was offered to the member's addresses is offered no more."""
    by, seats = Member.objects.get(pk=event.by_id), Seat.objects.standing().filter(member=event.member_id)
    for organisation_id in sorted(seats.values_list("organisation_id", flat=True)):
        locked(organisation_id)
        for seat in seats.filter(organisation=organisation_id):
            end(seat, by=by, at=clock.now())
    for email in Erasure.objects.get(member=event.member_id).emails:
        offered = Invitation.objects.filter(email__iexact=email)
        offered.filter(used_at=None).delete()
        offered.update(email="")


def still_looks_after(member: Member) -> Any:
    """What an account manager hands over before going."""
    organisation = Organisation.objects.looked_after_by(member).by_name().first()
    if organisation is None:
        return None
    words = _("You look after %(name)s. An administrator names somebody else first.")
    return words % {"name": organisation.name}
