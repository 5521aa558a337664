"""Offering a seat to an e-mail address, and taking the offer: once, within seven days, by who owns the address."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from community import clock
from community.events import publish
from community.people.models import Member
from community.policy import Gone, Invalid, NotAllowed, OutOfStep, require

from ..events import SeatOffered
from ..models import Invitation, Organisation, Seat, SeatKind
from ..policies import has_a_seat_for, may_manage_seats
from .keeping import locked
from .seats import seat

LASTS = timedelta(days=7)


@transaction.atomic
def invite(*, by: Member, organisation: Organisation, email: str, kind: str, manages: bool = False) -> Invitation:
    """Offer a seat; an open offer to the same address is taken back, so that only the newest link works.

    Raises Invalid("kind", …) when the plan has no seat left, counted with what is offered and still open.
    """
    email = email.strip().lower()
    organisation = locked(organisation.pk)
    require(may_manage_seats(by, organisation))
    if kind not in SeatKind.values:
        raise Invalid("kind", _("Choose named caller or secondary access."))
    if Seat.objects.standing().filter(organisation=organisation, member__email=email, kind=kind).exists():
        raise Invalid("email", _("Somebody with this address has such a seat already."))
    at = clock.now()
    Invitation.objects.filter(organisation=organisation, email__iexact=email, used_at=None, withdrawn_at=None).update(
        withdrawn_at=at
    )
    offered = Invitation.objects.standing(at=at).filter(organisation=organisation, kind=kind).count()
    fits = has_a_seat_for(kind, organisation, leaving=-offered)
    if not fits:
        raise Invalid("kind", fits.reason)
    invitation = Invitation.objects.create(
        organisation=organisation,
        email=email,
        kind=kind,
        manages=manages,
        invited_by=by,
        invited_at=at,
        expires_at=at + LASTS,
    )
    publish(SeatOffered(invitation_id=invitation.pk))
    return invitation


@transaction.atomic
def withdraw_invitation(*, by: Member, invitation: Invitation) -> Invitation:
    organisation = locked(invitation.organisation_id)
    require(may_manage_seats(by, organisation))
    invitation = Invitation.objects.get(pk=invitation.pk)
    if not invitation.is_open(clock.now()):
        raise OutOfStep(_("This invitation is no longer open."))
    invitation.withdrawn_at = clock.now()
    invitation.save(update_fields=["withdrawn_at"])
    return invitation


@transaction.atomic
def accept_invitation(*, by: Member, invitation: Invitation) -> Seat:
    """Take the offered seat. Raises Gone for an offer that was used, withdrawn or too old, NotAllowed for other people,
    Invalid("kind", …) when the last seat went to somebody else meanwhile.
    """
    organisation = locked(invitation.organisation_id)
    invitation = Invitation.objects.select_related("invited_by").get(pk=invitation.pk)
    at = clock.now()
    if not invitation.is_open(at):
        raise Gone(_("This invitation was used, taken back, or is older than seven days. Ask for a new one."))
    if by.email.lower() != invitation.email.lower():
        raise NotAllowed(_("This invitation was sent to another e-mail address than yours."))
    taken = seat(
        by=invitation.invited_by,
        organisation=organisation,
        member=by,
        kind=invitation.kind,
        manages=invitation.manages,
        at=at,
    )
    invitation.used_at, invitation.used_by = at, by
    invitation.save(update_fields=["used_at", "used_by"])
    return taken
