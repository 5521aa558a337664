from .events import DraftHandedOver, RequestOpened
from .tasks import mail_handover, mail_receipt


def queue_receipt(event: RequestOpened) -> None:
    mail_receipt.enqueue(event.request_id)


def queue_handover(event: DraftHandedOver) -> None:
    mail_handover.enqueue(event.handover_id)
