"""Databases beside our own, and the programs of PostgreSQL."""

import os
import subprocess
from contextlib import closing
from pathlib import Path

from django.core.management.base import CommandError
from django.db import DEFAULT_DB_ALIAS, connection, connections

from community.people.models import Member
from forum.settings.environment import database


def beside(alias: str, url: str) -> str:
    """Make the database at `url` known by the alias, and return the alias."""
    config = database(url)
    # One command needs one connection.
    config["OPTIONS"].pop("pool", None)
    ours = {DEFAULT_DB_ALIAS: {**connections.settings[DEFAULT_DB_ALIAS]}}
    connections.settings[alias] = connections.configure_settings(ours | {alias: config})[alias]
    return alias


def is_empty() -> bool:
    """Whether nobody is a member of our own database yet; it may lack every table."""
    there = Member._meta.db_table in connection.introspection.table_names()
    return not there or not Member.objects.exists()


def sqlite_file(alias: str = DEFAULT_DB_ALIAS) -> Path:
    return Path(connections[alias].settings_dict["NAME"])


def run_postgres(program: str, *arguments: str) -> None:
    """One of the programs that come with PostgreSQL, on our own database."""
    where = connection.settings_dict
    told = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    environment = {name: str(where[ours]) for name, ours in told.items() if where[ours]}
    if mode := where["OPTIONS"].get("sslmode"):
        environment["PGSSLMODE"] = mode
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program with paths of ours
            [program, *arguments], env=os.environ | environment, capture_output=True, text=True, check=False
        )
    except FileNotFoundError as error:
        raise CommandError(f"{program} is needed; it comes with the client of PostgreSQL.") from error
    if done.returncode:
        raise CommandError(f"{program}: {done.stderr.strip()}")


def vacuum_into(file: Path) -> None:
    """The whole of our SQLite database as it is at one moment; writers go on meanwhile."""
    with closing(connection.cursor()) as cursor:
        cursor.execute("VACUUM INTO %s", [str(file)])
