from datetime import date
from typing import Any

from allauth.mfa.models import Authenticator
from django.utils.translation import gettext_lazy as _

from community.people.policies import administers, answers_officially
from community.policy import ALLOWED, Verdict, refused

from .models import Organisation, Seat, SeatKind
from .queries import SECOND_FACTORS


def seat_of(member: Any, organisation: Organisation) -> Seat | None:
    if not (member.is_authenticated and member.is_active):
        return None
    return Seat.objects.usable().filter(organisation=organisation, member_id=member.pk).first()


def looks_after(member: Any, organisation: Organisation) -> bool:
    return member.pk is not None and member.pk in (organisation.account_manager_id, organisation.deputy_id)


def may_keep_organisations(by: Any) -> Verdict:
    if not administers(by):
        return refused(_("Only administrators enter organisations and change their subscriptions."))
    return ALLOWED


def may_manage_seats(by: Any, organisation: Organisation) -> Verdict:
    if administers(by) or looks_after(by, organisation):
        return ALLOWED
    seat = seat_of(by, organisation)
    if seat and seat.manages:
        return ALLOWED
    return refused(_("The organisation's own administrator and your account manager give and take seats."))


def may_ask_for_second_factors(by: Any, organisation: Organisation) -> Verdict:
    """Whoever asks it of others has one: else he would be the first to stand outside."""
    if not (may := may_manage_seats(by, organisation)):
        return may
    if seat_of(by, organisation) and not has_second_factor(by):
        return refused(_("Set up your own second factor first. Otherwise you would stand outside yourself."))
    return ALLOWED


def has_second_factor(member: Any) -> bool:
    return Authenticator.objects.filter(user=member, type__in=SECOND_FACTORS).exists()


def may_keep_agreements(by: Any, organisation: Organisation) -> Verdict:
    if administers(by) or (answers_officially(by) and looks_after(by, organisation)):
        return ALLOWED
    return refused(_("The account manager keeps the agreements; everybody of the organisation reads them."))


def has_a_seat_for(kind: str, organisation: Organisation, *, leaving: int = 0) -> Verdict:
    """Whether one more of this kind fits into the plan; `leaving` of that kind give up theirs at the same time."""
    if kind != SeatKind.CALLER:
        return ALLOWED
    taken = Seat.objects.standing().callers().filter(organisation=organisation).count() - leaving
    limit = organisation.plan.caller_seats
    if taken >= limit:
        words = _("The plan %(plan)s has %(limit)s seats for named callers and all are taken. End one or swap it.")
        return refused(words % {"plan": organisation.plan.name, "limit": limit})
    return ALLOWED


def may_open_requests(member: Any, organisation: Organisation, *, today: date) -> Verdict:
    """Named callers speak for their organisation as long as it is subscribed; support may do it in their name."""
    if answers_officially(member):
        return ALLOWED
    seat = seat_of(member, organisation)
    if seat is None or seat.kind != SeatKind.CALLER:
        return refused(_("Only named callers open requests. Ask one of them; you can hand over what you wrote."))
    if organisation.has_expired(today):
        words = _("The subscription ended on %(day)s. Open requests go on; for new ones write to %(name)s.")
        manager = organisation.account_manager.called
        return refused(words % {"day": organisation.expires_on.isoformat(), "name": manager})
    return ALLOWED
