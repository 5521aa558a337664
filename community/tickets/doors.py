"""One door to each ticket system, and the twin that only keeps what it was asked to do."""

import re
from dataclasses import dataclass, field
from typing import Protocol

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from community.policy import Invalid

# As long as the column that keeps it.
LONGEST_ADDRESS = 200
is_address = URLValidator(schemes=["http", "https"])


class TicketSystem(Protocol):
    """Numbers and addresses of the tickets of one outside system."""

    slug: str
    name: str

    def clean_number(self, number: str) -> str:
        """The number as the system writes it; raises Invalid("number", …) when it cannot be one."""
        ...

    def address_of(self, number: str) -> str:
        """Where agents open the ticket, empty if the system has no pages."""
        ...


@dataclass
class ConsoleTickets:
    """For development, tests and the demo: a system that exists only as numbers, and remembers what it was asked."""

    slug: str = "console"
    name: str = "Ticket desk"
    asked: list[tuple[str, str]] = field(default_factory=list)

    # What all the systems we know of have in common: letters, a dash, digits.
    shape = re.compile(r"([A-Z]{1,10}-?)?[0-9]{1,12}")

    def clean_number(self, number: str) -> str:
        number = number.strip().upper().removeprefix("#")
        if not self.shape.fullmatch(number):
            raise Invalid("number", _("That is no ticket number. It looks like R-88 or 10482."))
        self.asked.append(("clean_number", number))
        return number

    def address_of(self, number: str) -> str:
        return ""


# The systems of this installation by their slug. Real ones are added here, each with a module of its own.
SYSTEMS: dict[str, TicketSystem] = {"console": ConsoleTickets()}


def system(slug: str) -> TicketSystem:
    """Raises Invalid("system", …) for a system this installation does not have."""
    try:
        return SYSTEMS[slug]
    except KeyError:
        raise Invalid("system", _("Choose one of the ticket systems.")) from None


def clean_address(url: str) -> str:
    """Where agents open a ticket, as typed; raises Invalid("url", …) for what a browser should not be sent to."""
    url = url.strip()
    if not url:
        return ""
    try:
        is_address(url)
    except ValidationError:
        raise Invalid("url", _("That is no address. It begins with https://.")) from None
    if len(url) > LONGEST_ADDRESS:
        raise Invalid("url", _("That address is too long to be kept."))
    return url
