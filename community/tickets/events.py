from community.threads.events import ThreadChanged


class TicketLinked(ThreadChanged):
    """On the team's lane: the number is nobody else's business."""


class TicketUnlinked(ThreadChanged):
    pass
