"""Who is replying right now. Nothing of it is kept: a presence lasts seconds and needs no goodbye."""

import time
from typing import Any

from channels.db import database_sync_to_async as in_database

from . import hub, policies
from .messages import Broken, frame

# Readers show the line so long after the last sign; writers give one every three seconds while they type.
LASTS = 6
AT_MOST_EVERY = 2.5
# A right to reply that was asked is believed so long; nothing but the line itself depends on it.
BELIEVED = 30.0


class Typing:
    """What one socket has shown of its typing."""

    __slots__ = ("allowed_at", "shown_at")

    def __init__(self) -> None:
        self.allowed_at: dict[str, float] = {}
        self.shown_at: dict[str, float] = {}

    async def show(self, member: Any, stream: str) -> None:
        """Tell the others on the stream that this member is replying. Raises Broken for a visitor."""
        if member is None:
            raise Broken("sign_in", "Only members are shown as replying.", stream=stream)
        now = time.monotonic()
        if now - self.shown_at.get(stream, -AT_MOST_EVERY) < AT_MOST_EVERY:
            return
        self.shown_at[stream] = now
        if now - self.allowed_at.get(stream, -BELIEVED) >= BELIEVED:
            if not await in_database(policies.may_show_typing)(stream, member.pk):
                return
            self.allowed_at[stream] = now
        text = frame("presence", stream, who=member.called, handle=member.handle, role=str(member.role), lasts=LASTS)
        hub.send(stream, text, unless=member.pk)
