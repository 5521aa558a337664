"""Queries whose SQL is worked out once.

Django works it out each time anew, which for a row of fifty columns takes five times as long as the database needs to
find it. Worth it for the few rows by which every reply, or every page of a member, begins.
"""

import copy
from collections.abc import Callable
from functools import cached_property
from inspect import signature
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.models.query import ModelIterable
from django.db.transaction import TransactionManagementError

# Stand for the keys while the SQL is worked out: whole numbers that no query of ours has in it otherwise.
MARKERS = (2_147_483_629, 2_147_483_587, 2_147_483_579)
# No key is larger, whatever stands in an address.
LARGEST = models.BigIntegerField.MAX_BIGINT


class Prepared[Row: models.Model]:
    """`query` makes the queryset for whole numbers, such as keys of rows. They only stand in its SQL: a `query` has no
    `if`, asks nobody for the time and prefetches nothing, for it is called once.
    """

    def __init__(self, query: Callable[..., "models.QuerySet[Row]"]) -> None:
        self.query = query

    def first(self, *keys: int) -> Row | None:
        return next(iter(self.all(*keys)), None)

    def all(self, *keys: int) -> list[Row]:
        if self.queryset.query.select_for_update and not connections[DEFAULT_DB_ALIAS].in_atomic_block:
            raise TransactionManagementError("A row is locked inside a transaction.")
        if max(keys) > LARGEST:
            return []
        asked: Any = Asked(self, keys)
        return list(ModelIterable(asked))

    @cached_property
    def queryset(self) -> Any:
        return self.query(*MARKERS[: len(signature(self.query).parameters)])

    @cached_property
    def worked_out(self) -> tuple[Any, str, tuple[Any, ...], dict[int, Any]]:
        """The compiler with what it knows of the columns, the SQL, its parameters, and how columns become values."""
        compiler = self.queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        sql, parameters = compiler.as_sql()
        converters = compiler.get_converters([column for column, *_ in compiler.select[: compiler.col_count]])
        return compiler, sql, parameters, converters


class Asked:
    """Stands where the iterable of a queryset expects the queryset and its query."""

    db = DEFAULT_DB_ALIAS

    def __init__(self, prepared: Prepared, keys: tuple[int, ...]) -> None:
        self.prepared, self.keys = prepared, keys
        self.query = self
        self._fetch_mode = prepared.queryset._fetch_mode
        self._known_related_objects: dict[Any, Any] = {}

    def get_compiler(self, using: str) -> Any:
        known, sql, parameters, converters = self.prepared.worked_out
        values = dict(zip(MARKERS, self.keys, strict=False))
        compiler = copy.copy(known)
        compiler.connection = connections[using]
        compiler.as_sql = lambda: (sql, tuple(values.get(parameter, parameter) for parameter in parameters))
        compiler.get_converters = lambda columns: converters
        return compiler
