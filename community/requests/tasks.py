from django.db import transaction
from django.tasks import task

from community import clock
from community.letters import send_letter

from .actions import note_handover, note_receipt
from .models import Handover, ServiceRequest


@task()
@transaction.atomic
def mail_receipt(request_id: int) -> None:
    """Tells the opener under which number it runs. It answers nothing, so no clock stops for it."""
    request = ServiceRequest.objects.with_people().select_related("thread__author").get(pk=request_id)
    if note_receipt(request, at=clock.now()):
        send_letter(
            "requests/mail/receipt",
            request.thread.author.email,
            request=request,
            organisation=request.thread.organisation,
        )


@task()
@transaction.atomic
def mail_handover(handover_id: int) -> None:
    """Tells the named caller what waits for him."""
    handover = Handover.objects.for_page().get(pk=handover_id)
    if note_handover(handover, at=clock.now()):
        send_letter("requests/mail/handover", handover.caller.email, handover=handover)
