"""A backup: a folder with the database at one moment, the files it names, and a list of both with their hashes.

Made while people write. Whoever was told before it began that something was sent finds it in there. The secret key is
not in it: without that key the sealed secrets of ticket systems have to be entered again.
"""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError
from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction

from community import clock

from . import files
from .databases import beside, run_postgres, vacuum_into
from .rows import fingerprint

LIST = "backup.json"
FILES = "files"
# Beside the other things of this host: when its last backup began.
LAST = "last_backup"
DATABASE = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}


@dataclass(frozen=True)
class Backup:
    began_at: str
    vendor: str
    database: str
    tables: dict[str, str]
    files: dict[str, str]
    # Named by a row, and not there to be copied.
    missing: list[str]

    @classmethod
    def read(cls, folder: Path) -> "Backup":
        """Raises CommandError unless everything in the folder is as it was written."""
        try:
            backup = cls(**json.loads((folder / LIST).read_text()))
        except (OSError, ValueError, TypeError) as error:
            raise CommandError(f"{folder} holds no whole backup.") from error
        written = {DATABASE[backup.vendor]: backup.database}
        written |= {f"{FILES}/{name}": told for name, told in backup.files.items()}
        broken = [name for name, told in written.items() if not is_as_written(folder / name, told)]
        if broken:
            raise CommandError(f"This backup is damaged: {', '.join(broken[:10])}")
        return backup


def is_as_written(place: Path, told: str) -> bool:
    return place.is_file() and files.hash_of(place) == told


def back_up(folder: Path) -> Backup:
    """Nothing has the name of the folder until all of it is there."""
    if folder.exists():
        raise CommandError(f"{folder} is there already.")
    making = folder.with_name(f"{folder.name}.part")
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir(mode=0o700, parents=True)
    kept = making / FILES
    kept.mkdir()
    began_at = clock.now().isoformat()
    # Before the database too: what is taken away while it is copied is still named in it.
    files.copy(files.named(DEFAULT_DB_ALIAS), kept)
    with database_at_one_moment(making) as using:
        names = files.named(using)
        tables = fingerprint(using)
    files.copy(names, kept)
    there = {str(place.relative_to(kept)) for place in kept.rglob("*") if place.is_file()}
    for name in there - names:
        (kept / name).unlink()
    backup = Backup(
        began_at=began_at,
        vendor=connection.vendor,
        database=files.hash_of(making / DATABASE[connection.vendor]),
        tables=tables,
        files={name: files.hash_of(kept / name) for name in sorted(names & there)},
        missing=sorted(names - there),
    )
    (making / LIST).write_text(json.dumps(asdict(backup), indent=1))
    making.rename(folder)
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    (settings.DATA_DIR / LAST).write_text(began_at)
    return backup


def last_backup() -> datetime | None:
    """When the last one that was made on this host began, if one was."""
    try:
        return datetime.fromisoformat((settings.DATA_DIR / LAST).read_text())
    except (OSError, ValueError):
        return None


@contextmanager
def database_at_one_moment(folder: Path) -> Iterator[str]:
    """Write the copy into the folder; the alias under which just these rows can be read meanwhile."""
    file = folder / DATABASE[connection.vendor]
    if connection.vendor == "sqlite":
        vacuum_into(file)
        using = beside("backup", f"sqlite:///{file}")
        # One file: a copy that is read once needs no journal beside it.
        connections[using].settings_dict["OPTIONS"]["init_command"] = "PRAGMA query_only=ON;"
        yield using
        connections[using].close()
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        run_postgres("pg_dump", "--format=custom", "--no-owner", f"--snapshot={snapshot}", f"--file={file}")
        yield DEFAULT_DB_ALIAS
