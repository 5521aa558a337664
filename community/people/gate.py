"""What a member says about himself is looked at before others read it, by whom community/wiring.py names."""

from collections.abc import Callable, Mapping

from community.people.models import Member

# Raises Invalid with the field and what to change.
type ProfileGatekeeper = Callable[[Member, Mapping[str, str]], None]

_gatekeepers: list[ProfileGatekeeper] = []


def keep(*gatekeepers: ProfileGatekeeper) -> None:
    """Replace all gatekeepers; called once, when the apps are ready."""
    _gatekeepers[:] = gatekeepers


def let_through(member: Member, said: Mapping[str, str]) -> None:
    """`said`: the texts by their fields. The team answers for itself."""
    if not member.is_team:
        for gatekeeper in _gatekeepers:
            gatekeeper(member, said)
