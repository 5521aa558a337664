"""Giving, ending and swapping seats. Each change ends a row and begins another, so that the history is complete."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from community import clock
from community.events import publish
from community.people.models import Member
from community.policy import Invalid, OutOfStep, require

from ..events import SeatEnded, SeatGiven
from ..models import Organisation, Seat, SeatKind
from ..policies import has_a_seat_for, may_manage_seats
from .keeping import locked


@transaction.atomic
def give_seat(*, by: Member, organisation: Organisation, member: Member, kind: str, manages: bool = False) -> Seat:
    """Let somebody speak for the organisation or read along; who has a seat already gets this one instead.

    Raises Invalid("kind", …) when the plan has no seat left.
    """
    organisation = locked(organisation.pk)
    require(may_manage_seats(by, organisation))
    return seat(by=by, organisation=organisation, member=member, kind=kind, manages=manages, at=clock.now())


@transaction.atomic
def end_seat(*, by: Member, seat: Seat) -> Seat:
    """From now on the member is nobody in particular for the organisation; what he wrote stays."""
    organisation = locked(seat.organisation_id)
    require(may_manage_seats(by, organisation))
    return end(standing(seat), by=by, at=clock.now())


@transaction.atomic
def swap_seats(*, by: Member, caller: Seat, reader: Seat) -> tuple[Seat, Seat]:
    """A named caller and somebody with secondary access change places at once, also when all seats are taken."""
    organisation = locked(caller.organisation_id)
    require(may_manage_seats(by, organisation))
    caller, reader = standing(caller), standing(reader)
    if reader.organisation_id != organisation.pk or (caller.kind, reader.kind) != (SeatKind.CALLER, SeatKind.READER):
        raise Invalid("reader", _("Choose a named caller and somebody with secondary access of the same organisation."))
    at = clock.now()
    for left in (caller, reader):
        end(left, by=by, at=at)
    return (
        begin(organisation, caller.member, SeatKind.READER, caller.manages, by=by, at=at),
        begin(organisation, reader.member, SeatKind.CALLER, reader.manages, by=by, at=at),
    )


def seat(*, by: Member, organisation: Organisation, member: Member, kind: str, manages: bool, at: datetime) -> Seat:
    """The caller holds the organisation's lock and has asked whether `by` may."""
    if kind not in SeatKind.values:
        raise Invalid("kind", _("Choose named caller or secondary access."))
    if not member.is_active:
        raise Invalid("member", _("This member's account is switched off."))
    has = Seat.objects.standing().filter(organisation=organisation, member=member).first()
    if has and (has.kind, has.manages) == (kind, manages):
        return has
    fits = has_a_seat_for(kind, organisation, leaving=1 if has and has.kind == kind else 0)
    if not fits:
        raise Invalid("kind", fits.reason)
    if has:
        end(has, by=by, at=at)
    return begin(organisation, member, kind, manages, by=by, at=at)


def begin(organisation: Organisation, member: Member, kind: str, manages: bool, *, by: Member, at: datetime) -> Seat:
    begun = Seat.objects.create(
        organisation=organisation, member=member, kind=kind, manages=manages, given_by=by, given_at=at
    )
    publish(SeatGiven(organisation_id=organisation.pk, member_id=member.pk, by_id=by.pk))
    return begun


def end(seat: Seat, *, by: Member, at: datetime) -> Seat:
    seat.ended_at, seat.ended_by = at, by
    seat.save(update_fields=["ended_at", "ended_by"])
    publish(SeatEnded(organisation_id=seat.organisation_id, member_id=seat.member_id, by_id=by.pk))
    return seat


def standing(seat: Seat) -> Seat:
    now = Seat.objects.select_related("member").get(pk=seat.pk)
    if now.ended_at:
        raise OutOfStep(_("This seat has ended meanwhile."))
    return now
