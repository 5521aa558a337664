"""How long a page may keep the database busy. Commands and tasks of their own processes take the time they need."""

from django.db import DEFAULT_DB_ALIAS, connections

from forum.settings.environment import LOCK_SECONDS, STATEMENT_SECONDS


def limit_pages() -> None:
    """Called by the doors before the first connection is made."""
    where = connections.settings[DEFAULT_DB_ALIAS]
    if where["ENGINE"].endswith("postgresql"):
        limits = f"-c statement_timeout={STATEMENT_SECONDS}s -c lock_timeout={LOCK_SECONDS}s"
        where["OPTIONS"]["options"] = f"{where['OPTIONS'].get('options', '')} {limits}".strip()
