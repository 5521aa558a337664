"""Zendesk by its Support interface.

address  https://ours.zendesk.com       queue    the name of the group
account  the e-mail address of an agent         secret   an API token
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import requests
from django.utils.translation import gettext_lazy as _
from zenpy import Zenpy
from zenpy.lib.api_objects import Comment as Said
from zenpy.lib.api_objects import Ticket as Asked
from zenpy.lib.exception import APIException, RecordNotFoundException, ZenpyException

from community.policy import Invalid

from .answers import be_impatient, by_status, speaking
from .protocol import (
    PATIENCE,
    Comment,
    Elsewhere,
    Place,
    Progress,
    Ticket,
    TicketGone,
    TicketRefused,
    Unavailable,
    mark_of,
    marked,
)

MEANS = {
    "pending": Progress.WAITING,
    "solved": Progress.SOLVED,
    "closed": Progress.SOLVED,
    "deleted": Progress.GONE,
}


class Zendesk:
    def __init__(self, place: Place) -> None:
        self.place = place
        self.slug, self.name = place.slug, place.name
        subdomain, _dot, domain = urlsplit(place.address).netloc.partition(".")
        session = requests.Session()
        be_impatient(session)
        self.api = Zenpy(
            subdomain=subdomain,
            domain=domain,
            email=place.account,
            # The library refuses to begin without a token; the system says it better.
            token=place.secret or "none",
            session=session,
            timeout=PATIENCE,
            # Told that it was too often, it would sleep and try again within the call; the queue does that better.
            ratelimit_budget=1,
            disable_cache=True,
        )

    def clean_number(self, number: str) -> str:
        number = number.strip().removeprefix("#")
        if not (number.isascii() and number.isdigit() and 0 < len(number) <= 15):
            raise Invalid("number", _("That is no ticket number. It looks like 10482."))
        return str(int(number))

    def address_of(self, number: str) -> str:
        return f"{self.place.address}/agent/tickets/{number}"

    def make(self, *, subject: str, text: str, key: str) -> Ticket:
        with hearing_zendesk():
            asked = Asked(subject=subject, external_id=key, group_id=self._group())
            # Not public: a public one would be mailed to whoever the account belongs to.
            asked.comment = Said(body=marked(text, key), public=False)
            return self._ticket(self.api.tickets.create(asked).ticket)

    def made(self, key: str) -> Ticket | None:
        with hearing_zendesk():
            found = next(iter(self.api.tickets(external_id=key)), None)
            return self._ticket(found) if found else None

    def find(self, number: str) -> Ticket:
        with hearing_zendesk():
            row = self.api.tickets(id=int(number))
            if row.group_id != self._group():
                raise Elsewhere(str(row.group_id))
            return self._ticket(row)

    def look(self, ticket_id: str) -> Ticket:
        with hearing_zendesk():
            return self._ticket(self.api.tickets(id=int(ticket_id)))

    def _ticket(self, row: Any) -> Ticket:
        if row.status == "deleted":
            raise TicketGone(str(row.id))
        return Ticket(str(row.id), str(row.id), MEANS.get(row.status, Progress.OPEN), self.address_of(str(row.id)))

    def _group(self) -> int:
        for group in self.api.groups():
            if group.name == self.place.queue:
                return group.id
        raise TicketRefused(f"No group is called {self.place.queue}.")

    def comment(self, ticket_id: str, *, text: str, key: str) -> str:
        with hearing_zendesk():
            row = self.api.tickets(id=int(ticket_id))
            row.comment = Said(body=marked(text, key), public=False)
            self.api.tickets.update(row)
        return key

    def rewrite(self, ticket_id: str, comment_id: str, *, text: str, key: str) -> bool:
        # Zendesk can strike words out of a comment and not replace them.
        return False

    def commented(self, ticket_id: str, key: str) -> str | None:
        with hearing_zendesk():
            said = self.api.tickets.comments(ticket=int(ticket_id))
            return next((str(row.id) for row in said if mark_of(key) in (row.body or "")), None)

    def comments_since(self, ticket_id: str, seen: str) -> list[Comment]:
        with hearing_zendesk():
            requester = self.api.tickets(id=int(ticket_id)).requester_id
            return [
                Comment(str(row.id), row.html_body or row.body or "", row.created, bool(row.html_body))
                for row in self.api.tickets.comments(ticket=int(ticket_id))
                if row.id > int(seen or 0)
                and row.public is True
                and row.author_id != requester
                and "[forum:" not in (row.body or "")
            ]

    def close(self, ticket_id: str) -> None:
        with hearing_zendesk():
            row = self.api.tickets(id=int(ticket_id))
            row.status = "solved"
            self.api.tickets.update(row)


@contextmanager
def hearing_zendesk() -> Iterator[None]:
    try:
        with speaking():
            yield
    except RecordNotFoundException as trouble:
        raise TicketGone(str(trouble)) from trouble
    except APIException as trouble:
        status = trouble.response.status_code if trouble.response is not None else 500
        raise by_status(status, str(trouble)) from trouble
    except ZenpyException as trouble:
        raise Unavailable(str(trouble)) from trouble
