from dataclasses import dataclass

from community.events import Event


@dataclass(frozen=True, kw_only=True)
class SeatChanged(Event):
    organisation_id: int
    member_id: int
    by_id: int


class SeatGiven(SeatChanged):
    pass


class SeatEnded(SeatChanged):
    """What the member read as one of the organisation, he reads no longer."""


class SeatLocked(SeatChanged):
    """The organisation asks for a second factor, and the member has none: until then the seat is of no use."""


@dataclass(frozen=True, kw_only=True)
class SeatOffered(Event):
    invitation_id: int
