"""One press of a button: who sends what, and to which address."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse


@dataclass(frozen=True)
class Press:
    """Who sends what to which address. `more`: what the form may be told beside it."""

    name: str
    who: str
    at: Callable[[Any], list]
    sends: dict[str, Any] = field(default_factory=dict)
    more: frozenset[str] = frozenset()

    def address(self, stage: Any) -> str:
        return reverse(self.name, args=self.at(stage))

    def data(self, stage: Any) -> dict[str, Any]:
        return {key: value(stage) if callable(value) else value for key, value in self.sends.items()}
