from community.threads.events import ThreadChanged


class TicketLinked(ThreadChanged):
    """On the team's lane: the number is nobody else's business."""


class TicketUnlinked(ThreadChanged):
    pass


class TicketSolved(ThreadChanged):
    """For everybody: support calls it solved, and only the asker can say whether it is."""


class TicketLost(ThreadChanged):
    """The ticket was deleted where it was; the team's business."""
