from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from community import clock
from community.events import publish
from community.organisations.models import Organisation, Severity
from community.organisations.policies import seat_of
from community.people.models import Member
from community.policy import Invalid, OutOfStep
from community.spaces.models import Platform, Product, Space, Version
from community.threads.actions import ask_question

from ..events import RequestOpened
from ..models import FIRST_LEVEL, SECOND_LEVEL, Contact, Handover, ServiceRequest


@transaction.atomic
def open_request(
    *,
    by: Member,
    organisation: Organisation,
    space: Space,
    title: str,
    body: str,
    severity: str = Severity.MEDIUM,
    contact: str = Contact.WRITTEN,
    telephone: str = "",
    product: Product | None = None,
    version: Version | None = None,
    platform: Platform | None = None,
    token: str = "",
    handed: Handover | None = None,
    came_at: datetime | None = None,
) -> ServiceRequest:
    """Start the conversation and give it a number. The same token by the same member makes one request.

    A named caller's goes to level 2 at once; what support opens in a customer's name begins at level 1. `handed`: the
    draft of somebody else it was made of. `came_at`: when it was asked, where it is written down afterwards. Raises
    NotAllowed, or Invalid with the field that cannot be used.
    """
    telephone = " ".join(telephone.split())
    if severity not in Severity.values:
        raise Invalid("severity", _("Say how much of your work stands still."))
    if contact == Contact.CALL and not telephone:
        raise Invalid("telephone", _("Give a number at which we reach you."))
    thread = ask_question(
        by=by,
        organisation=organisation,
        space=space,
        title=title,
        body=body,
        product=product,
        version=version,
        platform=platform,
        token=token,
        came_at=came_at,
    )
    if thread.organisation_id != organisation.pk:
        raise OutOfStep(_("This form was sent before, for something else. Open a new one."))
    request, is_new = ServiceRequest.objects.get_or_create(
        thread=thread,
        defaults={
            "severity": severity,
            "level": SECOND_LEVEL if seat_of(by, organisation) else FIRST_LEVEL,
            "contact": contact,
            "telephone": telephone if contact == Contact.CALL else "",
        },
    )
    if is_new:
        if handed is not None:
            Handover.objects.waiting_for(by).filter(pk=handed.pk).update(taken_at=clock.now(), thread=thread)
        publish(RequestOpened(request_id=request.pk, thread_id=thread.pk))
    return request
