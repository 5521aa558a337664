import logging

from .events import ReadyReplyChanged

logger = logging.getLogger(__name__)


def write_down(event: ReadyReplyChanged) -> None:
    """What goes out in the name of the house was changed by somebody; who it was can be looked up."""
    logger.info("Ready reply %s was changed by member %s", event.reply_id, event.actor_id)
