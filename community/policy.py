"""Answers to "may they?": yes, or no with a reason that is shown as it stands."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Verdict:
    allowed: bool
    reason: Any = ""

    def __bool__(self) -> bool:
        return self.allowed


ALLOWED = Verdict(True)


def refused(reason: Any) -> Verdict:
    return Verdict(False, reason)


class Refusal(Exception):
    """An action that did not happen, and why, in words for the person who tried."""

    def __init__(self, reason: Any):
        self.reason = reason
        super().__init__(str(reason))


class NotAllowed(Refusal):
    """A policy said no: 403."""


class OutOfStep(Refusal):
    """Somebody else was faster, so what was meant no longer fits: 409."""


class Gone(Refusal):
    """It stood here and was removed: 410."""


class Invalid(Refusal):
    """The input cannot be used; `field` names where: 422."""

    def __init__(self, field: str, reason: Any):
        self.field = field
        super().__init__(reason)


def require(verdict: Verdict) -> None:
    """Raises NotAllowed with the verdict's own words."""
    if not verdict:
        raise NotAllowed(verdict.reason)
