from dataclasses import dataclass

from community.events import Event


@dataclass(frozen=True, kw_only=True)
class RoleChanged(Event):
    member_id: int
    by_id: int
    was: str
    became: str


@dataclass(frozen=True, kw_only=True)
class MemberDeactivated(Event):
    member_id: int
    by_id: int


@dataclass(frozen=True, kw_only=True)
class MemberReactivated(Event):
    member_id: int
    by_id: int


@dataclass(frozen=True, kw_only=True)
class TrapFilled(Event):
    """Whoever signed up has filled in a field that people do not see."""

    member_id: int


@dataclass(frozen=True, kw_only=True)
class SignedOut(Event):
    """One session ended, or every session when `session` is empty.

    `session` is what `sessions.mark()` makes of the session's key, never the key itself.
    """

    member_id: int
    session: str = ""


@dataclass(frozen=True, kw_only=True)
class MemberErased(Event):
    """What else is kept about the member goes in the same transaction; the words of others follow in a task."""

    member_id: int
    by_id: int


@dataclass(frozen=True, kw_only=True)
class WordsTakenOut(Event):
    """A row named somebody who has gone, and does so no more."""

    model: str
    key: str


@dataclass(frozen=True, kw_only=True)
class MemberForgotten(Event):
    """Every place was gone through."""

    member_id: int


@dataclass(frozen=True, kw_only=True)
class DataAskedFor(Event):
    export_id: int


@dataclass(frozen=True, kw_only=True)
class DataReady(Event):
    export_id: int
