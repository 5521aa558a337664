from .events import SeatOffered
from .tasks import mail_invitation


def queue_invitation(event: SeatOffered) -> None:
    mail_invitation.enqueue(event.invitation_id)
