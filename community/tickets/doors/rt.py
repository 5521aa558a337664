"""Request Tracker 5 by its REST 2 interface.

Set up: a user of RT for the forum that may see, create, comment and modify tickets in the queue.
address  where RT is, without /REST/2.0     queue    the name of the queue
account  the name of that user, or empty    secret   its password; with no account, a token of that user
"""

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import httpx2
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from rt.exceptions import AuthorizationError, BadRequestError, NotAllowedError, NotFoundError, RtError
from rt.rest2 import Rt

from community.policy import Invalid

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

MEANS = {"stalled": Progress.WAITING, "resolved": Progress.SOLVED, "rejected": Progress.SOLVED}
# As many of the latest comments are searched for one of ours that may have arrived although we were not told.
LOOKED_THROUGH = 20


class RequestTracker:
    def __init__(self, place: Place) -> None:
        self.place = place
        self.slug, self.name = place.slug, place.name
        way_in: dict[str, Any] = {"token": place.secret}
        if place.account:
            way_in = {"http_auth": httpx2.BasicAuth(place.account, place.secret)}
        self.rt = Rt(f"{place.address}/REST/2.0/", http_timeout=PATIENCE, **way_in)

    def clean_number(self, number: str) -> str:
        number = number.strip().removeprefix("#")
        if not (number.isascii() and number.isdigit() and 0 < len(number) <= 12):
            raise Invalid("number", _("That is no ticket number. It looks like 10482."))
        return str(int(number))

    def address_of(self, number: str) -> str:
        return f"{self.place.address}/Ticket/Display.html?id={number}"

    def make(self, *, subject: str, text: str, key: str) -> Ticket:
        with speaking():
            number = self.rt.create_ticket(
                self.place.queue, subject=subject, content=marked(text, key), RefersTo=reference(key)
            )
        return Ticket(str(number), str(number), Progress.OPEN, self.address_of(str(number)))

    def made(self, key: str) -> Ticket | None:
        with speaking():
            found = list(self.rt.search(raw_query=f"RefersTo = '{reference(key)}'"))
        return self.look(str(found[0]["id"])) if found else None

    def find(self, number: str) -> Ticket:
        with speaking():
            row = self.rt.get_ticket(number)
        queue = row["Queue"].get("Name", "")
        if queue != self.place.queue:
            raise Elsewhere(queue)
        return self._ticket(row)

    def look(self, ticket_id: str) -> Ticket:
        with speaking():
            return self._ticket(self.rt.get_ticket(ticket_id))

    def _ticket(self, row: dict[str, Any]) -> Ticket:
        # RT keeps the rows of deleted tickets, and their numbers.
        if row["Status"] == "deleted":
            raise TicketGone(str(row["id"]))
        number = str(row["id"])
        return Ticket(number, number, MEANS.get(row["Status"], Progress.OPEN), self.address_of(number))

    def comment(self, ticket_id: str, *, text: str, key: str) -> str:
        # A comment of RT goes to the team over there, not by mail to whoever asked: he has it here already.
        self.look(ticket_id)
        with speaking():
            self.rt.comment(ticket_id, content=marked(text, key))
        return key

    def rewrite(self, ticket_id: str, comment_id: str, *, text: str, key: str) -> bool:
        # RT keeps what was said as it was said.
        return False

    def commented(self, ticket_id: str, key: str) -> str | None:
        with speaking():
            comments = self._transactions(ticket_id, "Comment")
            for transaction in comments[-LOOKED_THROUGH:]:
                if any(mark_of(key) in text for _, text in self._said_in(transaction["id"])):
                    return key
        return None

    def comments_since(self, ticket_id: str, seen: str) -> list[Comment]:
        replies = []
        with speaking():
            for transaction in self._transactions(ticket_id, "Correspond", behind=int(seen or 0)):
                said = dict(reversed(list(self._said_in(transaction["id"]))))
                kind = "text/plain" if "text/plain" in said else "text/html"
                at = datetime.fromisoformat(transaction["Created"])
                replies.append(Comment(str(transaction["id"]), said.get(kind, ""), at, kind == "text/html"))
        return replies

    def close(self, ticket_id: str) -> None:
        with speaking():
            self.rt.edit_ticket(ticket_id, Status="resolved")
        if self.look(ticket_id).progress != Progress.SOLVED:
            raise TicketRefused("RT left the ticket open.")

    def _transactions(self, ticket_id: str, kind: str, behind: int = 0) -> list[dict[str, Any]]:
        """Oldest first. The library cannot search transactions, so its session is asked."""
        asked = [
            {"field": "ObjectType", "value": "RT::Ticket"},
            {"field": "ObjectId", "value": ticket_id},
            {"field": "Type", "value": kind},
            {"field": "id", "operator": ">", "value": behind},
        ]
        found = self._search("transactions", asked, fields="Type,Created")
        return sorted(found, key=lambda row: int(row["id"]))

    def _said_in(self, transaction_id: str) -> Iterator[tuple[str, str]]:
        """The texts of a transaction by their content type; files that hang on it are left over there."""
        asked = [{"field": "TransactionId", "value": transaction_id}]
        for row in self._search("attachments", asked, fields="ContentType,Filename"):
            if row["ContentType"] in ("text/plain", "text/html") and not row["Filename"]:
                content = self.rt.get_attachment(row["id"])["Content"] or ""
                yield row["ContentType"], base64.b64decode(content).decode("utf-8", "replace")

    def _search(self, what: str, asked: list[dict[str, Any]], *, fields: str) -> list[dict[str, Any]]:
        page, rows = 1, []
        while True:
            params = {"fields": fields, "per_page": 100, "page": page}
            answer = self.rt.session.post(f"{self.rt.url}{what}", params=params, json=asked)
            answer.raise_for_status()
            found = answer.json()
            rows += found["items"]
            if found["count"] < 100:
                return rows
            page += 1


def reference(key: str) -> str:
    """What a ticket refers to, so that it can be found by our key."""
    return f"{settings.SITE_URL}/#ticket-{key}"


@contextmanager
def speaking() -> Iterator[None]:
    """Tells the troubles of RT, of its library and of the line between us apart."""
    try:
        yield
    except NotFoundError as trouble:
        raise TicketGone(str(trouble)) from trouble
    except (AuthorizationError, NotAllowedError, BadRequestError) as trouble:
        raise TicketRefused(str(trouble)) from trouble
    except RtError as trouble:
        status = getattr(trouble, "status_code", None) or 500
        raise refusal_or_silence(status, str(trouble)) from trouble
    except httpx2.HTTPStatusError as trouble:
        raise refusal_or_silence(trouble.response.status_code, str(trouble)) from trouble
    except (OSError, httpx2.HTTPError, ValueError) as trouble:
        raise Unavailable(str(trouble)) from trouble


def refusal_or_silence(status: int, words: str) -> TicketRefused | Unavailable:
    return Unavailable(words) if status >= 500 or status == 429 else TicketRefused(words)
