from django.db.models import Q

from community import clock
from community.organisations.models import Seat
from community.people.events import MemberErased
from community.threads.actions.reading import begin_following

from .events import DraftHandedOver, RequestOpened
from .models import Contact, CopiedIn, Handover, ServiceRequest
from .tasks import mail_handover, mail_receipt


def queue_receipt(event: RequestOpened) -> None:
    mail_receipt.enqueue(event.request_id)


def queue_handover(event: DraftHandedOver) -> None:
    mail_handover.enqueue(event.handover_id)


def pass_on(event: MemberErased) -> None:
    """Open requests go on: the other named callers are told of what is said there, as their writer was."""
    written = ServiceRequest.objects.filter(thread__author=event.member_id)
    written.exclude(telephone="").update(telephone="", contact=Contact.WRITTEN)
    CopiedIn.objects.filter(member=event.member_id).delete()
    Handover.objects.filter(Q(writer=event.member_id) | Q(caller=event.member_id)).delete()
    for request in written.filter(thread__closed_at=None).select_related("thread__organisation"):
        organisation = request.thread.organisation
        if organisation is None:
            continue
        callers = Seat.objects.standing().callers().filter(organisation=organisation).exclude(member=event.member_id)
        members = set(callers.values_list("member_id", flat=True)) or {organisation.account_manager_id}
        begin_following(members, request.thread, at=clock.now())
