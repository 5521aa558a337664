"""The test database on SQLite: migrated once for each set of migrations, then copied; a run starts in two seconds."""

import hashlib
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from asgiref.sync import SyncToAsync
from django.conf import settings
from django.db import connection, connections
from django.db.migrations.loader import MigrationLoader


@pytest.fixture(scope="session")
def migrated_copy(pytestconfig: pytest.Config) -> Path | None:
    """Where the migrated database is kept, whether or not it is there yet; None where databases are no files."""
    if connection.vendor != "sqlite":
        return None
    told = hashlib.sha256()
    for _, migration in sorted(MigrationLoader(None).disk_migrations.items()):
        told.update(Path(sys.modules[migration.__module__].__file__ or "").read_bytes())
    return Path(pytestconfig.cache.mkdir("database")) / f"{told.hexdigest()[:16]}.sqlite3"


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings: None, migrated_copy: Path | None) -> bool:
    if migrated_copy is None or not migrated_copy.exists():
        return False
    shutil.copyfile(migrated_copy, settings.DATABASES["default"]["TEST"]["NAME"])
    return True


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_keepdb: bool, django_db_blocker, migrated_copy: Path | None
) -> Iterator[None]:
    if migrated_copy is not None and not django_db_keepdb:
        for old in migrated_copy.parent.iterdir():
            old.unlink(missing_ok=True)
        own = migrated_copy.with_suffix(f".{os.getpid()}")
        with django_db_blocker.unblock(), closing(connection.cursor()) as cursor:
            cursor.execute("VACUUM INTO %s", [str(own)])
        own.replace(migrated_copy)
    yield
    # Asynchronous tests ask the database in a thread of its own; PostgreSQL drops no database with somebody in it.
    SyncToAsync.single_thread_executor.submit(connections.close_all).result()
