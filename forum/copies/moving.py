"""Moves everything from another database (SQLite) into ours (PostgreSQL), table by table.

Killed in the middle it goes on where it was: what has been copied is noted in the same transaction as the rows. Tables
point at each other in circles, so foreign keys are taken off at the beginning and put back, and checked, at the end.
"""

import json
from collections.abc import Callable, Iterator
from itertools import batched
from typing import Any

from django.core.management import call_command
from django.core.management.base import CommandError
from django.core.management.color import no_style
from django.core.serializers.json import DjangoJSONEncoder
from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Model
from psycopg import sql

from community.search.catching_up import catch_up

from .databases import beside, is_empty
from .rows import AT_ONCE, columns, fingerprint, kept_models, rows

type Say = Callable[[str], None]


def move(url: str, say: Say) -> None:
    """Raises CommandError when it cannot begin, or when the two differ afterwards."""
    if connection.vendor != "postgresql":
        raise CommandError("DATABASE_URL names where to move to; that is PostgreSQL.")
    source = beside("source", url)
    if needs_migrating(source):
        raise CommandError("Bring the old database up to date first: manage.py migrate.")
    if not has_begun():
        if not is_empty():
            raise CommandError("This database has members. Move into an empty one.")
        call_command("migrate", verbosity=0)
        begin()
    for model in kept_models():
        copied = sum(copy(model, source))
        if copied:
            say(f"{model._meta.db_table}: {copied} rows")
    finish()
    call_command("update_index", verbosity=0)
    for _posts in catch_up():
        pass
    before, after = fingerprint(source), fingerprint(DEFAULT_DB_ALIAS)
    if differing := [table for table, told in before.items() if after.get(table) != told]:
        raise CommandError(f"Not the same in both: {', '.join(differing)}. Did somebody write meanwhile?")


def needs_migrating(alias: str) -> bool:
    executor = MigrationExecutor(connections[alias])
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def has_begun() -> bool:
    return "moving_notes" in connection.introspection.table_names()


@transaction.atomic
def begin() -> None:
    """Note the foreign keys, take them off, and empty what migrations filled."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE moving_notes (what text PRIMARY KEY, said text NOT NULL)")
        cursor.execute(
            "SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE contype = 'f' AND connamespace = current_schema()::regnamespace"
        )
        for table, name, definition in cursor.fetchall():
            note(f"key {name}", f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        tables = [connection.ops.quote_name(model._meta.db_table) for model in kept_models()]
        cursor.execute(f"TRUNCATE {', '.join(tables)} CASCADE")


def copy(model: type[Model], source: str) -> Iterator[int]:
    """Yields how many rows each step brought. A step and the note of it are there together or not at all."""
    table, fields = model._meta.db_table, columns(model)
    at = [field.attname for field in fields].index(model._meta.pk.attname)
    to = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table), sql.SQL(", ").join(sql.Identifier(field.column) for field in fields)
    )
    for some in batched(rows(model, source, after=noted(model)), AT_ONCE, strict=False):
        with transaction.atomic(), connection.cursor() as cursor:
            with cursor.copy(to) as stream:
                for row in some:
                    stream.write_row(
                        [field.get_db_prep_save(value, connection) for field, value in zip(fields, row, strict=True)]
                    )
            note(f"table {table}", json.dumps(some[-1][at], cls=DjangoJSONEncoder))
        yield len(some)


def note(what: str, said: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO moving_notes VALUES (%s, %s) ON CONFLICT (what) DO UPDATE SET said = excluded.said",
            [what, said],
        )


def noted(model: type[Model]) -> Any:
    """The key of the last row that was copied."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT said FROM moving_notes WHERE what = %s", [f"table {model._meta.db_table}"])
        found = cursor.fetchone()
    return model._meta.pk.to_python(json.loads(found[0])) if found else None


@transaction.atomic
def finish() -> None:
    """Put the foreign keys back, which checks every row, and let new rows count on from the last."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), kept_models()):
            cursor.execute(statement)
        cursor.execute("SELECT said FROM moving_notes WHERE what LIKE 'key %' ORDER BY what")
        for (statement,) in cursor.fetchall():
            cursor.execute(statement)
        cursor.execute("DROP TABLE moving_notes")
