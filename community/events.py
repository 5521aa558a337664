"""Says what happened: what shares our fate now, the rest once we commit."""

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import transaction

logger = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Event:
    """A small fact in the past tense. It carries ids, never instances and never anyone's words."""


type Reaction = Callable[[Any], None]
type Wiring = Mapping[type[Event], Iterable[Reaction]]

_together: dict[type[Event], tuple[Reaction, ...]] = {}
_afterwards: dict[type[Event], tuple[Reaction, ...]] = {}


def wire(*, together: Wiring, afterwards: Wiring) -> None:
    """Replace the whole wiring; called once, when the apps are ready."""
    for table, wiring in ((_together, together), (_afterwards, afterwards)):
        table.clear()
        table.update({event: tuple(reactions) for event, reactions in wiring.items()})


def publish(event: Event) -> None:
    """Call inside the action's transaction. A reaction that shares its fate and fails undoes the action."""
    for reaction in _together.get(type(event), ()):
        reaction(event)
    for reaction in _afterwards.get(type(event), ()):
        transaction.on_commit(partial(_after, reaction, event))


def _after(reaction: Reaction, event: Event) -> None:
    # The change is committed and answered as done; a reader can still catch up from the log.
    try:
        reaction(event)
    except Exception:
        logger.exception("%s failed after %s", reaction.__name__, type(event).__name__)
