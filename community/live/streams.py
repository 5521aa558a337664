"""What one process knows of a stream: who listens, since when their right is known, how far it has come."""

import asyncio
from collections.abc import Collection
from typing import Protocol

from .policies import SignIn, Standing


class Listener(Protocol):
    """What the hub knows of a socket."""

    member_id: int | None
    sign_in: SignIn | None
    vouched_at: float

    def offer(self, stream: str, text: str) -> None:
        """Send, or keep until the reader is ready; a reader too far behind is dropped."""

    def tell(self, text: str) -> None:
        """Send something about the subscription itself."""

    def forget(self, stream: str) -> None:
        """Throw away what waits of this stream: it is no longer for this reader."""

    def shut(self, code: int) -> None:
        """Close the connection."""


class Stream:
    """One stream as this process hears it."""

    __slots__ = ("asked_at", "early", "everyone", "head", "joined", "lock", "missing", "name", "seen", "sockets")

    def __init__(self, name: str):
        self.name = name
        self.sockets: dict[Listener, None] = {}
        # Sockets whose right is being asked, with the frames that arrive meanwhile.
        self.early: dict[Listener, list[str]] = {}
        self.lock = asyncio.Lock()
        self.joined = False
        self.head: int | None = None
        # A head found in the database that had not passed through here at the last sweep.
        self.missing: int | None = None
        self.everyone = False
        self.asked_at = 0.0
        # When each member was last seen to have the right.
        self.seen: dict[int | None, float] = {}

    def is_empty(self) -> bool:
        return not self.sockets and not self.early

    def is_fresh_for(self, member_id: int | None, since: float) -> bool:
        return (self.everyone and self.asked_at >= since) or self.seen.get(member_id, 0.0) >= since

    def note(self, standing: Standing, asked_at: float, asked: Collection[int | None]) -> None:
        self.everyone, self.asked_at = standing.everyone, asked_at
        for member_id in asked:
            self.seen.pop(member_id, None)
            if standing.allows(member_id):
                self.seen[member_id] = asked_at
        self.reach(standing.head)

    def reach(self, head: int | None) -> None:
        if head is not None:
            self.head = max(self.head or 0, head)

    def doubt(self) -> None:
        self.everyone, self.asked_at = False, 0.0
        self.seen.clear()
