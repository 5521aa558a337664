"""The test database: on SQLite migrated once for each set of migrations, then copied; on PostgreSQL copied for servers
that begin like it. And whole again after every test that really commits, so that no test depends on those before it.
"""

import hashlib
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from asgiref.sync import SyncToAsync
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group
from django.core import serializers
from django.db import connection, connections, models
from django.db.migrations.loader import MigrationLoader
from wagtail.models import Locale, Page

MADE_BY_MIGRATIONS = pytest.StashKey[str]()


@pytest.fixture(scope="session")
def migrated_copy(pytestconfig: pytest.Config) -> Path:
    """Where the migrated SQLite database is kept, whether or not it is there yet."""
    told = hashlib.sha256()
    for _, migration in sorted(MigrationLoader(None).disk_migrations.items()):
        told.update(Path(sys.modules[migration.__module__].__file__ or "").read_bytes())
    return Path(pytestconfig.cache.mkdir("database")) / f"{told.hexdigest()[:16]}.sqlite3"


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings: None, migrated_copy: Path) -> bool:
    if connection.vendor != "sqlite" or not migrated_copy.exists():
        return False
    shutil.copyfile(migrated_copy, settings.DATABASES["default"]["TEST"]["NAME"])
    return True


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None,
    django_db_keepdb: bool,
    django_db_blocker,
    migrated_copy: Path,
    pytestconfig: pytest.Config,
    request: pytest.FixtureRequest,
) -> Iterator[None]:
    if not is_there(request.session):
        yield
        return
    if connection.vendor == "sqlite" and not django_db_keepdb:
        for old in migrated_copy.parent.iterdir():
            old.unlink(missing_ok=True)
        own = migrated_copy.with_suffix(f".{os.getpid()}")
        with django_db_blocker.unblock(), closing(connection.cursor()) as cursor:
            cursor.execute("VACUUM INTO %s", [str(own)])
        own.replace(migrated_copy)
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
            # Nobody may be in what is copied.
            connection.close()
            cursor.execute(f"DROP DATABASE IF EXISTS {name_of_copy()}")
            cursor.execute(f"CREATE DATABASE {name_of_copy()} TEMPLATE {connection.settings_dict['NAME']}")
    with django_db_blocker.unblock():
        pytestconfig.stash[MADE_BY_MIGRATIONS] = serializers.serialize(
            "json",
            [row for model in rows_of_migrations() for row in model._default_manager.order_by("pk")],
            use_natural_foreign_keys=True,
        )
    yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name_of_copy()}")
    # Asynchronous tests ask the database in a thread of its own; PostgreSQL drops no database with somebody in it.
    SyncToAsync.single_thread_executor.submit(connections.close_all).result()


@pytest.fixture(scope="session")
def as_migrated(django_db_setup: None, migrated_copy: Path, request: pytest.FixtureRequest) -> Path | str | None:
    """The database before any test, to be copied, if there is one: a file, or a name where databases are no files."""
    if connection.vendor == "sqlite":
        return migrated_copy if migrated_copy.exists() else None
    return name_of_copy() if is_there(request.session) else None


def is_there(session: pytest.Session) -> bool:
    """Whether there is a database for tests at all: pytest-django makes none when no test of the run asks for it."""
    asking = {"db", "transactional_db"}
    return any(item.get_closest_marker("django_db") or asking & {*item.fixturenames} for item in session.items)


def name_of_copy() -> str:
    return f"{connection.settings_dict['NAME']}_migrated"


def rows_of_migrations() -> list[type[models.Model]]:
    """Whose rows migrations make and nothing makes again: root page, site and groups. What others name first."""
    first = [Group, Locale, Page]
    return [*first, *(model for model in apps.get_app_config("wagtailcore").get_models() if model not in first)]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """A test that really commits ends with every table emptied; what migrations made is put back for the next one."""
    yield
    mark = item.get_closest_marker("django_db")
    commits = "transactional_db" in getattr(item, "fixturenames", ()) or bool(mark and mark.kwargs.get("transaction"))
    made = item.config.stash.get(MADE_BY_MIGRATIONS, None)
    # After the last test the database itself is gone.
    if not commits or made is None or nextitem is None:
        return
    from pytest_django.plugin import blocking_manager_key

    with item.config.stash[blocking_manager_key].unblock():
        if not Group.objects.exists():
            connection.creation.deserialize_db_from_string(made)
