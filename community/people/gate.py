"""Who is asked before a member speaks about himself, or goes for good: whom community/wiring.py names."""

from collections.abc import Callable, Mapping
from typing import Any

from community.people.models import Member

# Raises Invalid with the field and what to change.
type ProfileGatekeeper = Callable[[Member, Mapping[str, str]], None]
# What the member has to hand over before he can go, in words; None when nothing.
type Duty = Callable[[Member], Any]

_gatekeepers: list[ProfileGatekeeper] = []
_duties: list[Duty] = []


def keep(*gatekeepers: ProfileGatekeeper, duties: tuple[Duty, ...] = ()) -> None:
    """Replace all of them; called once, when the apps are ready."""
    _gatekeepers[:] = gatekeepers
    _duties[:] = duties


def duties() -> tuple[Duty, ...]:
    return tuple(_duties)


def let_through(member: Member, said: Mapping[str, str]) -> None:
    """`said`: the texts by their fields. The team answers for itself."""
    if not member.is_team:
        for gatekeeper in _gatekeepers:
            gatekeeper(member, said)
