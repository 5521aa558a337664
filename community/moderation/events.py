from dataclasses import dataclass

from community.events import Event


@dataclass(frozen=True, kw_only=True)
class PostFlagged(Event):
    flag_id: int
    post_id: int
    thread_id: int


@dataclass(frozen=True, kw_only=True)
class FlagDecided(Event):
    flag_id: int
    post_id: int
    flagger_id: int
    outcome: str
