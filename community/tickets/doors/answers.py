"""What the answers of a ticket system mean, for doors that speak HTTP."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

import requests

from .protocol import PATIENCE, TicketGone, TicketRefused, TicketTrouble, Unavailable


def by_status(status: int, words: str) -> TicketTrouble:
    if status in (404, 410):
        return TicketGone(words[:300])
    return Unavailable(words[:300]) if status >= 500 or status in (408, 429) else TicketRefused(words[:300])


def be_impatient(session: requests.Session) -> None:
    """Most libraries would wait for ever, and follow where their secret should not go."""
    session.request = partial(session.request, timeout=PATIENCE)  # type: ignore[method-assign]


@contextmanager
def speaking() -> Iterator[None]:
    """Tells the troubles of libraries that are made of requests apart."""
    try:
        yield
    except requests.HTTPError as trouble:
        # Some libraries raise one of their own in place of the one that has the answer.
        first = trouble if trouble.response is not None else trouble.__context__
        answer = getattr(first, "response", None)
        raise by_status(answer.status_code if answer is not None else 500, str(trouble)) from trouble
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as trouble:
        # No answer, or one that is none of theirs: a proxy's page instead of JSON.
        raise Unavailable(f"{type(trouble).__name__}: {trouble}"[:300]) from trouble
