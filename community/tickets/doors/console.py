"""The twin of the ticket systems: for development, tests and the demo."""

import re
from collections import deque
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from community import clock
from community.policy import Invalid

from .protocol import Comment, Elsewhere, Progress, Ticket, TicketGone, Unavailable

# What a long-running demo may remember.
MOST_KEPT = 1000


@dataclass
class ConsoleTickets:
    """A system that exists only as numbers, and remembers what it was asked. Any number is a ticket of its own."""

    slug: str = "console"
    name: str = "Ticket desk"
    asked: deque[tuple[str, Any]] = field(default_factory=lambda: deque(maxlen=MOST_KEPT))

    # False: what it kept ends with the process, so nothing can be compared with it.
    remembers: bool = False

    # What tests arrange.
    is_down: bool = False
    gone: set[str] = field(default_factory=set)
    elsewhere: set[str] = field(default_factory=set)
    # The next answer is lost on its way back: what was asked has happened all the same.
    loses_answers: bool = False
    rewrites: bool = False

    tickets: dict[str, Ticket] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    copies: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    replies: dict[str, list[Comment]] = field(default_factory=dict)

    # What all the systems we know of have in common: letters, a dash, digits.
    shape = re.compile(r"([A-Z]{1,10}-?)?[0-9]{1,12}")

    def forget(self) -> None:
        self.is_down = self.loses_answers = self.rewrites = self.remembers = False
        for kept in (self.asked, self.gone, self.elsewhere, self.tickets, self.keys, self.copies, self.replies):
            kept.clear()

    def clean_number(self, number: str) -> str:
        number = number.strip().upper().removeprefix("#")
        if not self.shape.fullmatch(number):
            raise Invalid("number", _("That is no ticket number. It looks like R-88 or 10482."))
        return number

    def address_of(self, number: str) -> str:
        return ""

    def make(self, *, subject: str, text: str, key: str) -> Ticket:
        self._hear("make", (subject, text))
        number = f"T-{int(key[:8], 16) % 1_000_000}"
        while number in self.tickets:
            number = f"T-{int(number[2:]) + 1}"
        self.tickets[number] = Ticket(number, number)
        self.keys[key] = number
        self._lose()
        return self.tickets[number]

    def made(self, key: str) -> Ticket | None:
        self._hear("made", key)
        number = self.keys.get(key)
        return self.tickets[number] if number else None

    def find(self, number: str) -> Ticket:
        if number in self.elsewhere:
            raise Elsewhere("Sales")
        return self.look(number)

    def look(self, ticket_id: str) -> Ticket:
        self._hear("look", ticket_id)
        if ticket_id in self.gone:
            raise TicketGone(ticket_id)
        return self.tickets.get(ticket_id) or Ticket(ticket_id, ticket_id)

    def comment(self, ticket_id: str, *, text: str, key: str) -> str:
        self._hear("comment", (ticket_id, text))
        if ticket_id in self.gone:
            raise TicketGone(ticket_id)
        self.copies.setdefault(ticket_id, []).append((key, text))
        self._lose()
        return key

    def rewrite(self, ticket_id: str, comment_id: str, *, text: str, key: str) -> bool:
        self._hear("rewrite", (ticket_id, text))
        copies = self.copies.get(ticket_id, [])
        if not self.rewrites or comment_id not in dict(copies):
            return False
        self.copies[ticket_id] = [(kept, text if kept == comment_id else said) for kept, said in copies]
        return True

    def commented(self, ticket_id: str, key: str) -> str | None:
        self._hear("commented", ticket_id)
        return next((kept for kept, text in self.copies.get(ticket_id, []) if kept == key), None)

    def comments_since(self, ticket_id: str, seen: str) -> list[Comment]:
        self._hear("comments_since", ticket_id)
        replies = self.replies.get(ticket_id, [])
        ids = [reply.id for reply in replies]
        return replies[ids.index(seen) + 1 :] if seen in ids else list(replies)

    def close(self, ticket_id: str) -> None:
        self._hear("close", ticket_id)
        self.become(ticket_id, Progress.SOLVED)

    # What people do over there

    def become(self, ticket_id: str, progress: str) -> None:
        self.tickets[ticket_id] = replace(
            self.tickets.get(ticket_id) or Ticket(ticket_id, ticket_id), progress=progress
        )

    def say(self, ticket_id: str, text: str, *, is_html: bool = False, at: datetime | None = None) -> Comment:
        replies = self.replies.setdefault(ticket_id, [])
        replies.append(Comment(f"c{len(replies) + 1}", text, at or clock.now(), is_html))
        return replies[-1]

    def _hear(self, what: str, about: Any) -> None:
        if self.is_down:
            raise Unavailable("The twin is switched off.")
        self.asked.append((what, about))

    def _lose(self) -> None:
        if self.loses_answers:
            self.loses_answers = False
            raise Unavailable("The answer was lost.")


CONSOLE = ConsoleTickets()
