from dataclasses import dataclass

from community.events import Event


@dataclass(frozen=True, kw_only=True)
class ReadyReplyChanged(Event):
    """Added, changed or dropped: who keeps a list of them looks again."""

    reply_id: int
    actor_id: int
