from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.tasks import task
from django.template.loader import render_to_string
from django.utils.translation import override

from community import clock
from community.letters import dress

from .actions import note_handover, note_receipt
from .models import Handover, ServiceRequest


@task()
@transaction.atomic
def mail_receipt(request_id: int) -> None:
    """Tells the opener under which number it runs. It answers nothing, so no clock stops for it."""
    request = ServiceRequest.objects.with_people().select_related("thread__author").get(pk=request_id)
    if note_receipt(request, at=clock.now()):
        send("receipt", request.thread.author.email, request=request, organisation=request.thread.organisation)


@task()
@transaction.atomic
def mail_handover(handover_id: int) -> None:
    """Tells the named caller what waits for him."""
    handover = Handover.objects.for_page().get(pk=handover_id)
    if note_handover(handover, at=clock.now()):
        send("handover", handover.caller.email, handover=handover)


def send(name: str, address: str, **context: object) -> None:
    if not address:
        return
    with override(settings.LANGUAGE_CODE):
        words = {"site_name": settings.SITE_NAME, "site_url": settings.SITE_URL, **context}
        subject = render_to_string(f"requests/mail/{name}_subject.txt", words).strip()
        text = render_to_string(f"requests/mail/{name}.txt", words)
    dress(EmailMultiAlternatives(subject, text, to=[address])).send()
