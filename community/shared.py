"""The memory that several processes share, where there is one (Redis), and doing without it while it does not answer.

Nothing that must be kept lives there alone. So whoever asks says what happens otherwise; the first who waited in vain
spares all others of the process the waiting, and from time to time one of them tries again.

The library is loaded by those who speak to Redis: it takes 7 MiB, which one process alone does without.
"""

import logging
import threading
import time
from collections.abc import Callable
from typing import Any

from limits.errors import StorageError

logger = logging.getLogger(__name__)

# It answers within a millisecond or it is ill; together with the pause below a page waits for it once.
PATIENCE = 0.2
PAUSE = 2.0


def connection_options() -> dict[str, Any]:
    """How every client of ours connects. Its own tries would each cost the patience again."""
    from redis.backoff import NoBackoff
    from redis.retry import Retry

    return {"socket_timeout": PATIENCE, "socket_connect_timeout": PATIENCE, "retry": Retry(NoBackoff(), 0)}


def troubles() -> tuple[type[Exception], ...]:
    """What is raised by whatever asks Redis and has no answer."""
    from redis.exceptions import RedisError

    return RedisError, StorageError, OSError


class Line:
    """Whether it answers at the moment, as far as this process knows."""

    def __init__(self) -> None:
        self.is_down = False
        self.asked_again_at = 0.0
        self.lock = threading.Lock()

    def ask[Answer](self, question: Callable[[], Answer], *, otherwise: Callable[[], Answer]) -> Answer:
        if self.is_down and not self.is_my_turn():
            return otherwise()
        try:
            answer = question()
        except troubles() as trouble:
            self.asked_again_at = time.monotonic() + PAUSE
            if not self.is_down:
                logger.warning("The shared memory does not answer, we go on without it: %r", trouble)
            self.is_down = True
            return otherwise()
        if self.is_down:
            logger.warning("The shared memory answers again.")
            self.is_down = False
        return answer

    def is_my_turn(self) -> bool:
        """Once in a pause for one of all who ask."""
        with self.lock:
            now = time.monotonic()
            if now < self.asked_again_at:
                return False
            self.asked_again_at = now + PAUSE
            return True


line = Line()
