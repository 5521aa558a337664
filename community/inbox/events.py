from dataclasses import dataclass

from community.events import Event


@dataclass(frozen=True, kw_only=True)
class NoticesLeft(Event):
    """The inboxes of these members hold something else than before."""

    member_ids: tuple[int, ...]
