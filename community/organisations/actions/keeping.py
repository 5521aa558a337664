"""Entering organisations, and what is written down about their subscriptions."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from community import clock, prose
from community.people.models import Member
from community.policy import Invalid, require

from ..models import ExpiryReminder, Organisation, Plan
from ..policies import may_keep_organisations

# What an organisation is entered with and what may be changed later.
KEPT = ("name", "slug", "plan", "subscription_code", "starts_on", "expires_on", "welcome", "account_manager", "deputy")


@transaction.atomic
def found_organisation(
    *,
    by: Member,
    name: str,
    slug: str,
    plan: Plan,
    subscription_code: str,
    starts_on: date,
    expires_on: date,
    account_manager: Member,
    deputy: Member | None = None,
    welcome: str = "",
) -> Organisation:
    """Raises NotAllowed, or Invalid with the field that cannot be used."""
    require(may_keep_organisations(by))
    organisation = Organisation(
        name=name,
        slug=slug,
        plan=plan,
        subscription_code=subscription_code,
        starts_on=starts_on,
        expires_on=expires_on,
        account_manager=account_manager,
        deputy=deputy,
        welcome=welcome,
        founded_at=clock.now(),
    )
    return keep(organisation)


@transaction.atomic
def edit_organisation(*, by: Member, organisation: Organisation, **changes: Any) -> Organisation:
    """`changes`: fields named in KEPT. A smaller plan ends nobody's seat, it only lets nobody else in."""
    require(may_keep_organisations(by))
    organisation = locked(organisation.pk)
    for field in KEPT:
        if field in changes:
            setattr(organisation, field, changes[field])
    return keep(organisation)


def keep(organisation: Organisation) -> Organisation:
    try:
        organisation.full_clean()
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise Invalid(field, messages[0]) from None
    organisation.welcome_html = prose.render(organisation.welcome) if organisation.welcome.strip() else ""
    organisation.save()
    return organisation


def note_reminder(*, organisation: Organisation, days: int) -> bool:
    """Whether this is the first reminder so many days before this end; the caller then sends it."""
    _row, is_first = ExpiryReminder.objects.get_or_create(
        organisation=organisation,
        expires_on=organisation.expires_on,
        days=days,
        defaults={"sent_at": clock.now()},
    )
    return is_first


def locked(organisation_id: int) -> Organisation:
    """The organisation with its row locked, as it is now."""
    # "no key": what refers to an organisation only needs it to be there.
    rows = Organisation.objects.select_for_update(no_key=True, of=("self",)).select_related("plan")
    return rows.get(pk=organisation_id)
