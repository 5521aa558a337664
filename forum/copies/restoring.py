"""Brings a backup back into an empty forum."""

import os
import shutil
from pathlib import Path

from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DEFAULT_DB_ALIAS, connection, connections

from forum.health import database_is_up_to_date

from . import files
from .backup import DATABASE, FILES, Backup
from .databases import is_empty, run_postgres, sqlite_file
from .rows import fingerprint


def restore(folder: Path) -> Backup:
    """Everything is compared with what the backup says of itself, before and afterwards."""
    backup = Backup.read(folder)
    if backup.vendor != connection.vendor:
        raise CommandError(
            f"This is a backup of {backup.vendor}, here is {connection.vendor}. Restore it there and move_database."
        )
    if not is_empty():
        raise CommandError("This database has members. Restore into an empty one.")
    file = folder / DATABASE[backup.vendor]
    if backup.vendor == "sqlite":
        put_in_place(file)
    else:
        run_postgres(
            "pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction", "--dbname=", str(file)
        )
    for name in backup.files:
        files.bring_back(name, folder / FILES)
    if database_is_up_to_date():
        differing = [name for name, told in fingerprint(DEFAULT_DB_ALIAS).items() if backup.tables.get(name) != told]
        if differing:
            raise CommandError(f"These tables are not as they were written: {', '.join(differing)}")
    else:
        # A backup of an older version is brought up to date; its tables are no longer what was written.
        call_command("migrate", verbosity=0)
    return backup


def put_in_place(file: Path) -> None:
    place = sqlite_file()
    connections.close_all()
    place.parent.mkdir(parents=True, exist_ok=True)
    new = place.with_name(f"{place.name}.new")
    shutil.copyfile(file, new)
    for journal in ("-wal", "-shm"):
        place.with_name(place.name + journal).unlink(missing_ok=True)
    os.replace(new, place)
