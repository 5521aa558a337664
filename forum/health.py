"""Whether what we stand on works, each question answered yes or no."""

from collections.abc import Callable

from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.crypto import get_random_string

from community import shared


def works(part: Callable[[], bool]) -> str:
    try:
        return "ok" if part() else "failed"
    except Exception:
        return "failed"


def database_is_up_to_date() -> bool:
    """True once the database answers and has every table this version needs."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def cache_remembers() -> bool:
    word = get_random_string(12)
    cache.set(f"health:{word}", word, timeout=10)
    return cache.get(f"health:{word}") == word and not shared.line.is_down
