from datetime import date, datetime
from typing import Any, Self

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower

from community.people.policies import answers_officially

# Recovery codes come with one of these and are none themselves.
SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


class OrganisationQuerySet(models.QuerySet):
    def visible_to(self, reader: Any) -> Self:
        """Support sees every organisation, everybody else the ones he has a seat in or looks after."""
        if answers_officially(reader):
            return self
        if not (reader.is_authenticated and reader.is_active):
            return self.none()
        return self.filter(Q(pk__in=seated(self.model, reader)) | looked_after_by(reader))

    def waiting_for_a_second_factor_of(self, member: Any) -> Self:
        """Where the member has a seat and does not get in, for want of a second factor."""
        seats = apps.get_model("organisations", "Seat").objects.standing().filter(member=member)
        return self.filter(pk__in=seats.values("organisation_id")).exclude(pk__in=seated(self.model, member))

    def looked_after_by(self, member: Any) -> Self:
        return self.filter(looked_after_by(member))

    def expiring(self, *, after: date, until: date) -> Self:
        """Whose subscription ends on a day after `after` and not after `until`."""
        return self.filter(expires_on__gt=after, expires_on__lte=until)

    def by_name(self) -> Self:
        return self.order_by("name", "pk")

    def for_page(self) -> Self:
        return self.select_related("plan", "account_manager", "deputy")


def looked_after_by(member: Any) -> Q:
    return Q(account_manager=member) | Q(deputy=member)


def seated(organisation: Any, member: Any) -> Any:
    """A subquery of the ids of the organisations the member has a seat in."""
    seats = organisation._meta.get_field("seats").related_model.objects
    return seats.usable().filter(member_id=member.pk).values("organisation_id")


class SeatQuerySet(models.QuerySet):
    def standing(self) -> Self:
        return self.filter(ended_at=None)

    def usable(self) -> Self:
        """Those by which somebody comes in: where the organisation asks for a second factor, its people have one."""
        has_one = Authenticator.objects.filter(user=OuterRef("member"), type__in=SECOND_FACTORS)
        return self.standing().filter(Q(organisation__second_factor_since=None) | Exists(has_one))

    def ended(self) -> Self:
        return self.exclude(ended_at=None)

    def callers(self) -> Self:
        return self.filter(kind="caller")

    def readers(self) -> Self:
        return self.filter(kind="reader")

    def for_page(self) -> Self:
        return self.select_related("member", "given_by", "ended_by").fetch_mode(models.FETCH_RAISE)

    def longest_first(self) -> Self:
        return self.order_by("given_at", "pk")


class AgreementVersionQuerySet(models.QuerySet):
    def visible_to(self, reader: Any) -> Self:
        """Whoever sees an organisation reads what was agreed with it, now and before."""
        seen = apps.get_model("organisations", "Organisation").objects.visible_to(reader)
        return self.filter(agreement__organisation__in=seen)

    def newest_first(self) -> Self:
        """By title, the valid version of each before the ones it followed."""
        return self.order_by(Lower("agreement__title"), "-number")

    def for_page(self) -> Self:
        return self.select_related("agreement__organisation", "added_by").fetch_mode(models.FETCH_RAISE)


class InvitationQuerySet(models.QuerySet):
    def standing(self, *, at: datetime) -> Self:
        """Those that can still be accepted."""
        return self.filter(used_at=None, withdrawn_at=None, expires_at__gt=at)
