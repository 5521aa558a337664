from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from community import clock
from community.tickets.actions import carry
from community.tickets.doors import CONSOLE, ConsoleTickets
from community.tickets.models import TicketLink


@pytest.fixture(autouse=True)
def twin() -> Iterator[ConsoleTickets]:
    """The ticket system of these tests, empty at first; it knows tomorrow what it was told today."""
    CONSOLE.forget()
    CONSOLE.remembers = True
    yield CONSOLE
    CONSOLE.forget()


@pytest.fixture
def run_queue() -> Callable[[], None]:
    """Everything that waits is sent, as the tasks would, as often as they would come again by now."""

    def run() -> None:
        for link_id in list(TicketLink.objects.alive().values_list("pk", flat=True)):
            for _ in range(20):
                again_at = carry(link_id)
                if again_at is None or again_at > clock.now():
                    break

    return run


@pytest.fixture
def later() -> Callable[..., None]:
    def pass_by(**span: int) -> None:
        clock.set_to(clock.now())
        clock.advance(timedelta(**span))

    return pass_by
