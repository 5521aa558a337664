import logging
from datetime import timedelta

from crontask import cron
from django.tasks import task

from community import clock
from community.policy import Invalid

from . import actions, doors
from .models import Delivery, TicketLink

logger = logging.getLogger(__name__)

# Signatures are kept far longer than anybody would replay what they signed.
DELIVERIES_KEPT = timedelta(days=90)


@task()
def carry_ticket(link_id: int) -> None:
    """Send what waits for a ticket; comes again by itself, later each time, while the system is out of reach."""
    again_at = actions.carry(link_id)
    if again_at is not None:
        carry_ticket.using(run_after=again_at).enqueue(link_id)


@task()
def look_at_ticket(link_id: int) -> None:
    """Bring back what is new. Can run twice or late: it looks at the ticket as it is by then."""
    link = TicketLink.objects.alive().exclude(remote_id="").filter(pk=link_id).first()
    if link is None:
        return
    try:
        actions.check_ticket(link)
    except (doors.TicketTrouble, Invalid) as trouble:
        # Polling and the hourly repair look again.
        logger.warning("ticket %s of %s could not be looked at: %s", link.number, link.system, trouble)


@cron("*/2 * * * *")
@task
def poll_tickets() -> None:
    """For systems that do not call us, and for calls that were lost."""
    actions.poll()


@cron("37 * * * *")
@task
def mend_tickets() -> None:
    """The hourly repair: what drifted apart is found and mended, what was lost on the way is sent."""
    for link_id in actions.mend().owing:
        carry_ticket.enqueue(link_id)
    Delivery.objects.filter(at__lt=clock.now() - DELIVERIES_KEPT).delete()
