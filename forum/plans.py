"""What PostgreSQL planned once and cannot answer any more, since a migration beside us gave a column another type.

Its plan is let go of. A question by itself is asked again, and nobody notices. In the middle of a transaction nothing
can be asked again: who reads is told to come back, with what he typed, and a task is done a little later.
"""

from collections.abc import Callable
from typing import Any

from django.db import NotSupportedError, OperationalError


class Outdated(OperationalError):
    """Nothing of the transaction has happened; the next one goes well."""


def keep_in_step(connection: Any, **signal: Any) -> None:
    if connection.vendor == "postgresql" and asked_anew not in connection.execute_wrappers:
        # Outside of all others, which go as they came.
        connection.execute_wrappers.insert(0, asked_anew)


def asked_anew(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    try:
        return execute(sql, params, many, context)
    except NotSupportedError as error:
        if not is_outdated(error):
            raise
        connection = context["connection"]
        if connection.in_atomic_block:
            # Rolled back, it lets go of its plans by itself.
            raise Outdated("A migration has changed what was planned before.") from error
        connection.connection.execute("DEALLOCATE ALL")
        return execute(sql, params, many, context)


def is_outdated(error: NotSupportedError) -> bool:
    """By the place in PostgreSQL that says so: its words are in the language of the server."""
    told = getattr(error.__cause__, "diag", None)
    return told is not None and told.source_function == "RevalidateCachedQuery"
