"""Tells the doors of all processes what a commit has outdated, before whoever caused it is answered.

Each change is a line of a list in Redis, written on one connection that is kept open. Where Redis hangs, the line waits
in that connection ahead of every later question, so what hangs may come back at any moment. What could not be written
is made good by taking the list away: then no door trusts what it has kept.
"""

import logging
import os
import secrets
import threading
import time
from collections.abc import Iterable
from typing import Any

from redis import ConnectionPool
from redis.exceptions import RedisError, ResponseError

from community.shared import PATIENCE, connection_options

logger = logging.getLogger(__name__)

LIST = "forum:outdated"
# Lines; a door that lacks more begins anew.
KEPT = 5000
# Seconds until what could not be told is tried again.
AGAIN = 0.25


def new_line(marks: str) -> tuple[tuple[Any, ...], tuple[str, ...]]:
    """How XADD names the list, and the line itself. Its sign makes it another one than any line of an older list."""
    return (LIST, "MAXLEN", "~", KEPT, "*"), ("marks", marks, "sign", secrets.token_hex(4))


class Teller:
    """`tell` may be called from any thread."""

    def __init__(self, url: str) -> None:
        self.pool = ConnectionPool.from_url(url, **connection_options())
        self.start_anew()
        # Neither threads nor connections survive a fork.
        os.register_at_fork(after_in_child=self.start_anew)

    def start_anew(self) -> None:
        self.lock = threading.Lock()
        self.connection: Any = None
        self.unanswered = 0
        self.hangs = False
        self.failed_at = 0.0
        self.owes = False

    def tell(self, marks: Iterable[str]) -> None:
        """Never fails, and takes no longer than a moment; without marks everything is outdated."""
        came_at = time.monotonic()
        with self.lock:
            if self.failed_at > came_at:
                # Somebody failed while we waited for him, and what he owes covers us.
                return
            try:
                self.write(" ".join(marks))
            except (RedisError, OSError) as trouble:
                self.fail(trouble)

    def write(self, marks: str) -> None:
        if not marks or self.owes:
            self.take_list_away()
            return
        name, line = new_line(marks)
        try:
            self.send("XADD", *name, *line)
        except ResponseError:
            # A Redis that is full takes no line, but lets everybody take something away.
            self.take_list_away()

    def send(self, *command: Any) -> None:
        if self.connection is None:
            connection = self.pool.make_connection()
            connection.connect()
            self.connection, self.unanswered, self.hangs = connection, 0, False
        self.connection.send_command(*command)
        self.unanswered += 1
        # Nobody waits a second time for a Redis that hangs.
        while self.unanswered and self.connection.can_read(0 if self.hangs else PATIENCE):
            self.unanswered -= 1
            self.connection.read_response()
        self.hangs = self.unanswered > 0

    def take_list_away(self) -> None:
        self.send("DEL", LIST)
        self.owes = False

    def fail(self, trouble: Exception) -> None:
        self.failed_at = time.monotonic()
        if self.connection is not None:
            self.connection.disconnect()
            self.connection = None
        if not self.owes:
            logger.warning("What has changed cannot be told to other processes, it is tried again: %r", trouble)
            self.owes = True
            threading.Thread(target=self.keep_trying, name="telling", daemon=True).start()

    def keep_trying(self) -> None:
        while self.owes:
            time.sleep(AGAIN)
            with self.lock:
                try:
                    if self.owes:
                        self.take_list_away()
                except (RedisError, OSError) as trouble:
                    self.fail(trouble)
