from datetime import timedelta

from crontask import cron
from django.db import transaction
from django.tasks import task

from community import clock
from community.letters import send_letter

from .actions import note_reminder
from .models import Invitation, Organisation, Seat

# Days before the end at which people are told.
REMINDED = (60, 30, 7)


@task()
@transaction.atomic
def mail_invitation(invitation_id: int) -> None:
    """Asks first whether it was mailed already, so that running twice sends one mail."""
    invitation = Invitation.objects.select_related("organisation", "invited_by").get(pk=invitation_id)
    if invitation.mailed_at or not invitation.is_open(clock.now()):
        return
    organisation = invitation.organisation
    send_letter("organisations/mail/invitation", invitation.email, invitation=invitation, organisation=organisation)
    invitation.mailed_at = clock.now()
    invitation.save(update_fields=["mailed_at"])


@cron("11 6 * * *")
@task()
def remind_of_expiry() -> None:
    """Told once at each count of days; who was away for some days gets the nearest one only."""
    today = clock.now().date()
    soon = Organisation.objects.expiring(after=today - timedelta(days=1), until=today + timedelta(days=max(REMINDED)))
    for organisation in soon.for_page():
        left = organisation.days_left(today)
        due = min(days for days in REMINDED if days >= left)
        with transaction.atomic():
            if note_reminder(organisation=organisation, days=due):
                # One mail to each, so that nobody reads the addresses of the others.
                for address in told_of(organisation):
                    send_letter("organisations/mail/expiry", address, organisation=organisation, left=left)


def told_of(organisation: Organisation) -> list[str]:
    """Named callers, who manages the seats, and those of us who look after it."""
    seats = Seat.objects.standing().filter(organisation=organisation).select_related("member")
    people = [seat.member for seat in seats if seat.kind == "caller" or seat.manages]
    people += [who for who in (organisation.account_manager, organisation.deputy) if who]
    return sorted({person.email for person in people if person.email and person.is_active})
