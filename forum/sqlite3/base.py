"""SQLite lets one write at a time, and whoever waits only looks again now and then, at last ten times a second: of
eight who write on and on, some came to nothing for seconds. In one process they stand in line instead; between
processes it stays as it is."""

import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from django.db.backends.sqlite3 import base

WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")

_turns: dict[str, threading.Lock] = defaultdict(threading.Lock)


class DatabaseWrapper(base.DatabaseWrapper):
    """Holds the turn from the beginning of a transaction to its end, and for a write that stands alone."""

    has_turn = False

    def take_turn(self) -> None:
        # Who waits in vain writes all the same, and hears from SQLite that the database is locked.
        patience = self.settings_dict["OPTIONS"].get("timeout", 5)
        self.has_turn = not self.is_in_memory_db() and self.turn.acquire(timeout=patience)

    def end_turn(self) -> None:
        if self.has_turn:
            self.has_turn = False
            self.turn.release()

    @property
    def turn(self) -> threading.Lock:
        return _turns[str(self.settings_dict["NAME"])]

    @contextmanager
    def for_one_write(self, sql: str) -> Iterator[None]:
        if self.has_turn or self.in_atomic_block or not sql.startswith(WRITES):
            yield
            return
        self.take_turn()
        try:
            yield
        finally:
            self.end_turn()

    def create_cursor(self, name: str | None = None) -> Any:
        return self.connection.cursor(factory=lambda connection: Cursor(connection, self))

    def _start_transaction_under_autocommit(self) -> None:
        self.take_turn()
        try:
            super()._start_transaction_under_autocommit()
        except BaseException:
            self.end_turn()
            raise

    def _commit(self) -> None:
        super()._commit()
        # Not if it failed: what follows then is a rollback, and nobody writes before it.
        self.end_turn()

    def _rollback(self) -> None:
        try:
            super()._rollback()
        finally:
            self.end_turn()

    def _close(self) -> None:
        try:
            super()._close()
        finally:
            self.end_turn()


class Cursor(base.SQLiteCursorWrapper):
    def __init__(self, connection: Any, database: DatabaseWrapper) -> None:
        super().__init__(connection)
        self.database = database

    def execute(self, query: str, params: Any = None) -> Any:
        with self.database.for_one_write(query):
            return super().execute(query, params)

    def convert_query(self, query: str, *, param_names: Any = None) -> str:
        return super().convert_query(query, param_names=param_names) if param_names else in_its_marks(query)

    def executemany(self, query: str, param_list: Any) -> Any:
        with self.database.for_one_write(query):
            return super().executemany(query, param_list)


@lru_cache(maxsize=200)
def in_its_marks(query: str) -> str:
    """`?` for each `%s`. To look for them takes half of the time of a question as large as that for a thread."""
    return base.SQLiteCursorWrapper.convert_query(None, query)
