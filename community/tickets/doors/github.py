"""GitHub Issues.

queue    owner/repository       secret   a token that may write issues
address  https://github.com, or where GitHub Enterprise is      account  stays empty
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from githubkit import GitHub, TokenAuthStrategy
from githubkit.exception import GitHubException, RateLimitExceeded, RequestFailed

from community.policy import Invalid

from .answers import by_status
from .protocol import PATIENCE, Comment, Elsewhere, Place, Progress, Ticket, TicketGone, Unavailable, mark_of, marked

# Who may speak for the house.
INSIDE = {"OWNER", "MEMBER", "COLLABORATOR"}


class GitHubIssues:
    def __init__(self, place: Place) -> None:
        self.place = place
        self.slug, self.name = place.slug, place.name
        api = None if place.address == "https://github.com" else f"{place.address}/api/v3/"
        self.api = GitHub(
            TokenAuthStrategy(place.secret), base_url=api, timeout=PATIENCE, auto_retry=False, http_cache=False
        )
        self.repository = f"/repos/{place.queue}"

    def clean_number(self, number: str) -> str:
        number = number.strip().removeprefix("#")
        if not (number.isascii() and number.isdigit() and 0 < len(number) <= 10):
            raise Invalid("number", _("That is no ticket number. It looks like 10482."))
        return str(int(number))

    def address_of(self, number: str) -> str:
        return f"{self.place.address}/{self.place.queue}/issues/{number}"

    def make(self, *, subject: str, text: str, key: str) -> Ticket:
        return self._ticket(self._ask("POST", "/issues", json={"title": subject, "body": marked(text, key)}))

    def made(self, key: str) -> Ticket | None:
        # Its search is minutes late; the newest issues are not.
        params = {"state": "all", "sort": "created", "direction": "desc", "per_page": "100"}
        rows = self._ask("GET", "/issues", params=params)
        return next((self._ticket(row) for row in rows if mark_of(key) in (row["body"] or "")), None)

    def find(self, number: str) -> Ticket:
        return self.look(number)

    def look(self, ticket_id: str) -> Ticket:
        row = self._ask("GET", f"/issues/{ticket_id}")
        if "pull_request" in row:
            raise TicketGone("This is a pull request.")
        # One that was moved is answered from where it is now.
        if not row["html_url"].lower().startswith(self.address_of("").lower()):
            raise Elsewhere(row["html_url"])
        return self._ticket(row)

    def _ticket(self, row: dict[str, Any]) -> Ticket:
        progress = Progress.SOLVED if row["state"] == "closed" else Progress.OPEN
        return Ticket(str(row["number"]), str(row["number"]), progress, row["html_url"])

    def comment(self, ticket_id: str, *, text: str, key: str) -> str:
        return str(self._ask("POST", f"/issues/{ticket_id}/comments", json={"body": marked(text, key)})["id"])

    def rewrite(self, ticket_id: str, comment_id: str, *, text: str, key: str) -> bool:
        try:
            self._ask("PATCH", f"/issues/comments/{comment_id}", json={"body": marked(text, key)})
        except TicketGone:
            return False
        return True

    def commented(self, ticket_id: str, key: str) -> str | None:
        rows = self._comments(ticket_id)
        return next((str(row["id"]) for row in rows if mark_of(key) in (row["body"] or "")), None)

    def comments_since(self, ticket_id: str, seen: str) -> list[Comment]:
        if self._ask("GET", "")["private"]:
            # What is said in a closed house is said among those who live there.
            return []
        return [
            Comment(str(row["id"]), row["body"] or "", datetime.fromisoformat(row["created_at"]))
            for row in self._comments(ticket_id)
            if row["id"] > int(seen or 0)
            and row["author_association"] in INSIDE
            and "[forum:" not in (row["body"] or "")
        ]

    def _comments(self, ticket_id: str) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = []
        for page in range(1, 100):
            params = {"per_page": "100", "page": str(page)}
            found = self._ask("GET", f"/issues/{ticket_id}/comments", params=params)
            rows += found
            if len(found) < 100:
                break
        return rows

    def close(self, ticket_id: str) -> None:
        self._ask("PATCH", f"/issues/{ticket_id}", json={"state": "closed", "state_reason": "completed"})

    def _ask(self, method: str, path: str, **details: Any) -> Any:
        with hearing_github():
            return self.api.request(method, f"{self.repository}{path}", **details).json()


@contextmanager
def hearing_github() -> Iterator[None]:
    try:
        yield
    except RateLimitExceeded as trouble:
        raise Unavailable("GitHub counts too many calls.") from trouble
    except RequestFailed as trouble:
        raise by_status(trouble.response.status_code, trouble.response.text) from trouble
    except (GitHubException, OSError, ValueError) as trouble:
        raise Unavailable(f"{type(trouble).__name__}: {trouble}"[:300]) from trouble
