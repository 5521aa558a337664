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
