"""The one gate that all words of members go through before anybody else reads them, whichever way they came.

Threads do not know who looks at them there; community/wiring.py does. A gatekeeper hands the offer on, with other words
where some had to be masked, or raises: Invalid with what to change, or HeldBack when somebody decides first.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from community.people.models import Member

from .models import Audience, Post, Thread

# Under this name a session keeps the threads in which something of the reader's waits.
HELD_IN = "held_in"


class What(StrEnum):
    QUESTION = "question"
    REPLY = "reply"
    EDIT = "edit"
    TITLE = "title"


@dataclass(frozen=True, kw_only=True)
class Signs:
    """What a form tells of how it was filled in; nothing where there was no form."""

    # Words in the field that people do not see.
    trap: str = ""
    # From the form being shown to its being sent.
    seconds: float | None = None
    # The network address it came from.
    address: str = ""


NO_SIGNS = Signs()


@dataclass(frozen=True, kw_only=True)
class Offer:
    """What somebody wants to say, where, and all that is needed to say it for him later."""

    by: Member
    what: What
    space_id: int
    body: str
    title: str = ""
    thread: Thread | None = None
    post: Post | None = None
    token: str = ""
    # What else the action takes, as ids and plain words.
    fields: dict[str, Any] = field(default_factory=dict)
    signs: Signs = NO_SIGNS

    def saying(self, *, title: str, body: str) -> "Offer":
        return replace(self, title=title, body=body)


class HeldBack(Exception):
    """It is written down and not posted: somebody reads it first. `url` is where its author finds it."""

    def __init__(self, *, url: str, token: str = "", thread_id: int | None = None):
        self.url, self.token, self.thread_id = url, token, thread_id
        super().__init__(f"Held: {url}")


type Gatekeeper = Callable[[Offer], Offer]

_gatekeepers: list[Gatekeeper] = []


def keep(*gatekeepers: Gatekeeper) -> None:
    """Replace all gatekeepers; called once, when the apps are ready."""
    _gatekeepers[:] = gatekeepers


def passed(offer: Offer) -> Offer:
    """The offer as it may be said. Call it before a transaction begins: what is held back must stay written down."""
    for gatekeeper in _gatekeepers:
        offer = gatekeeper(offer)
    return offer


def is_asked(by: Member, audience: str) -> bool:
    """The team answers for itself, and what few people say to one another is theirs."""
    return audience == Audience.EVERYONE and not by.is_team
