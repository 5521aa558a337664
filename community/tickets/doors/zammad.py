"""Zammad by its REST interface.

address  where Zammad is                queue    the name of the group
secret   an access token with ticket.agent      account  stays empty
"""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from zammad_py import ZammadAPI

from community.policy import Invalid

from .answers import be_impatient, speaking
from .protocol import Comment, Elsewhere, Place, Progress, Ticket, TicketGone, mark_of, marked

MEANS = {
    "pending reminder": Progress.WAITING,
    "pending close": Progress.WAITING,
    "closed": Progress.SOLVED,
    "merged": Progress.SOLVED,
}


class Zammad:
    def __init__(self, place: Place) -> None:
        self.place = place
        self.slug, self.name = place.slug, place.name
        # The library refuses to begin without a token; the system says it better.
        self.api = ZammadAPI(f"{place.address}/api/v1/", http_token=place.secret or "none")
        be_impatient(self.api.session)

    def clean_number(self, number: str) -> str:
        number = number.strip().removeprefix("#")
        if not (number.isascii() and number.isdigit() and len(number) <= 20):
            raise Invalid("number", _("That is no ticket number. It looks like 10482."))
        return number

    def address_of(self, number: str) -> str:
        return ""

    def make(self, *, subject: str, text: str, key: str) -> Ticket:
        with speaking():
            article = {"subject": subject, "body": marked(text, key), "type": "note", "internal": False}
            row = self.api.ticket.create(
                {
                    "title": subject,
                    "group": self.place.queue,
                    "customer_id": self.api.user.me()["id"],
                    "article": article,
                }
            )
            return self._ticket(row)

    def made(self, key: str) -> Ticket | None:
        with speaking():
            for row in self.api.ticket.search(key):
                if self._find_marked(row["id"], key):
                    return self._ticket(row)
        return None

    def find(self, number: str) -> Ticket:
        with speaking():
            rows = [row for row in self.api.ticket.search(number) if str(row["number"]) == number]
            row = rows[0] if rows else None
            if row and row["group"] != self.place.queue:
                raise Elsewhere(row["group"])
            if row:
                return self._ticket(row)
        raise TicketGone(number)

    def look(self, ticket_id: str) -> Ticket:
        with speaking():
            # Without it Zammad tells the number of a state and not its name, and the library does not ask.
            return self._ticket(self.api.ticket.find(f"{ticket_id}?expand=true"))

    def _ticket(self, row: dict[str, Any]) -> Ticket:
        address = f"{self.place.address}/#ticket/zoom/{row['id']}"
        return Ticket(str(row["id"]), str(row["number"]), MEANS.get(row.get("state", ""), Progress.OPEN), address)

    def comment(self, ticket_id: str, *, text: str, key: str) -> str:
        said = {"ticket_id": int(ticket_id), "body": marked(text, key), "content_type": "text/plain"}
        with speaking():
            return str(self.api.ticket_article.create(said | {"type": "note", "internal": True})["id"])

    def rewrite(self, ticket_id: str, comment_id: str, *, text: str, key: str) -> bool:
        # Zammad keeps the words of an article.
        return False

    def commented(self, ticket_id: str, key: str) -> str | None:
        with speaking():
            return self._find_marked(ticket_id, key)

    def _find_marked(self, ticket_id: Any, key: str) -> str | None:
        articles = self.api.ticket.articles(ticket_id)
        return next((str(row["id"]) for row in articles if mark_of(key) in (row["body"] or "")), None)

    def comments_since(self, ticket_id: str, seen: str) -> list[Comment]:
        with speaking():
            rows = sorted(self.api.ticket.articles(ticket_id), key=lambda row: row["id"])
            return [
                Comment(
                    str(row["id"]),
                    row["body"] or "",
                    datetime.fromisoformat(row["created_at"]),
                    row.get("content_type") == "text/html",
                )
                for row in rows
                if row["id"] > int(seen or 0)
                and row["internal"] is False
                and row["sender"] == "Agent"
                and "[forum:" not in (row["body"] or "")
            ]

    def close(self, ticket_id: str) -> None:
        with speaking():
            self.api.ticket.update(ticket_id, {"state": "closed"})
