"""What was mailed is noted in the same breath, so that a task that runs twice sends one mail."""

from datetime import datetime

from ..models import Handover, ServiceRequest


def note_handover(handover: Handover, *, at: datetime) -> bool:
    """True for the one who may send the mail."""
    return bool(Handover.objects.filter(pk=handover.pk, mailed_at=None).update(mailed_at=at))


def note_receipt(request: ServiceRequest, *, at: datetime) -> bool:
    """True for the one who may send the mail."""
    return bool(ServiceRequest.objects.filter(pk=request.pk, receipt_at=None).update(receipt_at=at))
