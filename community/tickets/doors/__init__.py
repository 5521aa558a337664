"""One door to each ticket system, and the twin that only keeps what it was asked to do."""

from .addresses import LONGEST_ADDRESS, clean_address
from .console import CONSOLE, ConsoleTickets
from .protocol import (
    Comment,
    Elsewhere,
    Place,
    Progress,
    Ticket,
    TicketGone,
    TicketRefused,
    TicketSystem,
    TicketTrouble,
    Unavailable,
)

__all__ = [
    "CONSOLE",
    "LONGEST_ADDRESS",
    "Comment",
    "ConsoleTickets",
    "Elsewhere",
    "Place",
    "Progress",
    "Ticket",
    "TicketGone",
    "TicketRefused",
    "TicketSystem",
    "TicketTrouble",
    "Unavailable",
    "clean_address",
]
