"""What every door can do, and how it says that it could not."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

# Seconds after which a call is given up: shorter than anybody waits for a page.
PATIENCE = 10


class Progress(TextChoices):
    """How far a ticket is. Each system has more words than these; a door says which of them it means."""

    OPEN = "open", _("open")
    WAITING = "waiting", _("waiting for the customer")
    SOLVED = "solved", _("solved or closed")
    GONE = "gone", _("deleted in the ticket system")


@dataclass(frozen=True)
class Ticket:
    """`id` is what the system's interface knows it by, `number` what people say."""

    id: str
    number: str
    progress: str = Progress.OPEN
    url: str = ""


@dataclass(frozen=True)
class Comment:
    """A public reply that somebody wrote in the ticket system."""

    id: str
    text: str
    at: datetime
    is_html: bool = False


@dataclass(frozen=True)
class Place:
    """Where a system is and how we enter it. What each field means differs and stands beside each door."""

    slug: str
    name: str
    address: str
    queue: str
    account: str = ""
    secret: str = ""


class TicketTrouble(Exception):
    """A call that did not do what was asked, with words for the team."""


class TicketGone(TicketTrouble):
    """There is no such ticket, or no longer."""


class Elsewhere(TicketTrouble):
    """The ticket exists and belongs to another queue, which it names."""


class TicketRefused(TicketTrouble):
    """The system answered no; asking again will not help until a person changes something."""


class Unavailable(TicketTrouble):
    """No answer, or one that says later: asking again may help, and what was asked may have happened."""


class TicketSystem(Protocol):
    """Every call gives up after PATIENCE and raises one of the troubles above, nothing else."""

    slug: str
    name: str

    def clean_number(self, number: str) -> str:
        """The number as the system writes it; raises Invalid("number", …) when it cannot be one."""
        ...

    def address_of(self, number: str) -> str:
        """Where agents open the ticket, empty if the system has no pages."""
        ...

    def make(self, *, subject: str, text: str, key: str) -> Ticket:
        """A new ticket in our queue that can be found again by `key`."""
        ...

    def made(self, key: str) -> Ticket | None:
        """The ticket that `make` made with this key, so that nobody makes it twice."""
        ...

    def find(self, number: str) -> Ticket:
        """By the number that people say. Raises Elsewhere when it is in another queue than ours."""
        ...

    def look(self, ticket_id: str) -> Ticket:
        """The ticket as it is now, whichever queue it was moved to."""
        ...

    def comment(self, ticket_id: str, *, text: str, key: str) -> str:
        """Add a copy of what was said in the forum, without mail to anybody; returns the comment's id."""
        ...

    def rewrite(self, ticket_id: str, comment_id: str, *, text: str, key: str) -> bool:
        """Put other words in place of a comment of ours. False where it is no longer there or never changes."""
        ...

    def commented(self, ticket_id: str, key: str) -> str | None:
        """The id of the comment that `comment` added with this key."""
        ...

    def comments_since(self, ticket_id: str, seen: str) -> list[Comment]:
        """What was written there publicly and not by us, oldest first, behind the comment `seen`; "" for all.

        Internal notes never leave a door.
        """
        ...

    def close(self, ticket_id: str) -> None: ...


def marked(text: str, key: str) -> str:
    """The text with the key at its end, by which we know our own words again."""
    return f"{text}\n\n{mark_of(key)}"


def mark_of(key: str) -> str:
    return f"[forum:{key}]"
