"""Jira, in the cloud or at home.

address  where Jira is                  queue    the key of the project
account  the e-mail address of the API token, empty for a personal access token       secret   the token
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from jira import JIRA, JIRAError

from community.policy import Invalid

from .answers import by_status, speaking
from .protocol import (
    PATIENCE,
    Comment,
    Elsewhere,
    Place,
    Progress,
    Ticket,
    TicketGone,
    TicketRefused,
    mark_of,
    marked,
)

SHAPE = re.compile(r"[A-Z][A-Z0-9_]{1,20}-[0-9]{1,10}")
WAITING = re.compile(r"waiting for (the )?customer|pending", re.IGNORECASE)


class Jira:
    def __init__(self, place: Place) -> None:
        self.place = place
        self.slug, self.name = place.slug, place.name
        self._api: JIRA | None = None

    @property
    def api(self) -> JIRA:
        if self._api is None:
            place = self.place
            way_in = {"basic_auth": (place.account, place.secret)} if place.account else {"token_auth": place.secret}
            # No retries within a call: the queue has its own.
            self._api = JIRA(place.address, timeout=PATIENCE, max_retries=0, get_server_info=False, **way_in)
        return self._api

    def clean_number(self, number: str) -> str:
        number = number.strip().upper()
        if not SHAPE.fullmatch(number):
            raise Invalid("number", _("That is no ticket number. It looks like MAIL-482."))
        return number

    def address_of(self, number: str) -> str:
        return f"{self.place.address}/browse/{number}"

    def make(self, *, subject: str, text: str, key: str) -> Ticket:
        fields = {
            "project": {"key": self.place.queue},
            "summary": subject,
            "description": marked(text, key),
            "issuetype": {"name": "Task"},
            "labels": [label(key)],
        }
        with hearing_jira():
            made = self.api.create_issue(fields=fields, prefetch=False)
        return Ticket(made.key, made.key, Progress.OPEN, self.address_of(made.key))

    def made(self, key: str) -> Ticket | None:
        with hearing_jira():
            found = self.api._get_json(*self._search(f'labels = "{label(key)}"'))["issues"]
        return self.look(found[0]["key"]) if found else None

    def _search(self, jql: str) -> tuple[str, dict[str, Any]]:
        # The cloud has a newer search than what runs at home.
        path = "search/jql" if ".atlassian." in self.place.address else "search"
        return path, {"jql": jql, "fields": "key", "maxResults": 1}

    def find(self, number: str) -> Ticket:
        ticket = self.look(number)
        project = ticket.number.rpartition("-")[0]
        if project != self.place.queue:
            raise Elsewhere(project)
        return ticket

    def look(self, ticket_id: str) -> Ticket:
        with hearing_jira():
            issue = self.api._get_json(f"issue/{ticket_id}", params={"fields": "status"})
            status = issue["fields"]["status"]
            progress = Progress.OPEN
            if status["statusCategory"]["key"] == "done":
                progress = Progress.SOLVED
            elif WAITING.search(status["name"]):
                progress = Progress.WAITING
            return Ticket(ticket_id, issue["key"], progress, self.address_of(issue["key"]))

    def comment(self, ticket_id: str, *, text: str, key: str) -> str:
        with hearing_jira():
            return str(self.api.add_comment(ticket_id, marked(text, key), is_internal=True).id)

    def rewrite(self, ticket_id: str, comment_id: str, *, text: str, key: str) -> bool:
        try:
            with hearing_jira():
                comment = self.api.comment(ticket_id, comment_id)
                comment.update(body=marked(text, key), is_internal=True, notify=False)
        except TicketGone:
            return False
        return True

    def commented(self, ticket_id: str, key: str) -> str | None:
        return next((row["id"] for row in self._comments(ticket_id) if mark_of(key) in row["body"]), None)

    def comments_since(self, ticket_id: str, seen: str) -> list[Comment]:
        # Only a service project says what is public; what does not say so is for those who work there.
        return [
            Comment(str(row["id"]), row["body"], datetime.fromisoformat(row["created"]))
            for row in self._comments(ticket_id)
            if int(row["id"]) > int(seen or 0)
            and row.get("jsdPublic") is True
            and "visibility" not in row
            and "[forum:" not in row["body"]
        ]

    def _comments(self, ticket_id: str) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = []
        with hearing_jira():
            while True:
                params = {"startAt": str(len(rows)), "maxResults": "100", "orderBy": "created"}
                page = self.api._get_json(f"issue/{ticket_id}/comment", params=params)
                rows += page["comments"]
                if not page["comments"] or len(rows) >= page["total"]:
                    return rows

    def close(self, ticket_id: str) -> None:
        with hearing_jira():
            for transition in self.api.transitions(ticket_id):
                if transition["to"]["statusCategory"]["key"] == "done":
                    self.api.transition_issue(ticket_id, transition["id"])
                    return
        raise TicketRefused("No transition leads to done.")


def label(key: str) -> str:
    return f"forum-{key}"


@contextmanager
def hearing_jira() -> Iterator[None]:
    try:
        with speaking():
            yield
    except JIRAError as trouble:
        raise by_status(trouble.status_code or 500, trouble.text or "") from trouble
