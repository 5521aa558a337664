"""The large tables get what the next release needs while the code of the last one reads and writes on.

Collected where the tests have a PostgreSQL (conftest.py). `make faults` does it with a million posts.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from threading import Event
from typing import Any

import psycopg
import pytest

from tests.architecture.test_migrations import FIRST_RELEASE
from tests.concurrency.sizes import LONG
from tests.copies.commands import manage
from tests.journeys.serving import database

CLIENTS = 4
THREADS, POSTS_EACH = (50_000 if LONG else 500), 20
# Whoever waits longer for a lock gets an error (yardsticks F19).
PATIENT = "-c lock_timeout=1s"
FILL = """
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader
from tests.plans.corpus import fill
fill({threads}, posts_each={posts_each})
for app, number in {release}:
    [name] = [name for at, name in MigrationLoader(None).disk_migrations if at == app and int(name[:4]) == number]
    call_command("migrate", app, name, verbosity=0)
"""
# An index that was begun and not finished is used by nobody.
HALF = "SELECT count(*) FROM pg_index WHERE NOT indisvalid"
ALL = "SELECT count(*) FROM threads_post"
PAGE = "SELECT {columns} FROM threads_post WHERE thread_id = %s ORDER BY position LIMIT 20"
AGAIN = """INSERT INTO threads_post ({columns}) SELECT {values} FROM threads_post AS old
    WHERE thread_id = %s ORDER BY number DESC LIMIT 1"""
COUNT = "UPDATE threads_thread SET post_count = post_count + 1 WHERE id = %s"
OWN = {"number": "number + 1", "position": "position + 1", "client_token": "''"}


class Client:
    """What the code of the last release asks for: columns by the names it knows, and none that are new."""

    def __init__(self, url: str) -> None:
        self.connection = psycopg.connect(url, autocommit=True, options=PATIENT)
        told = self.ask("SELECT column_name FROM information_schema.columns WHERE table_name = 'threads_post'")
        columns = [name for (name,) in told if name != "id"]
        assert "came_at" not in columns
        values = ", ".join(OWN.get(name, f'old."{name}"') for name in columns)
        names = ", ".join(f'"{name}"' for name in columns)
        self.page, self.again = PAGE.format(columns=names), AGAIN.format(columns=names, values=values)
        self.written, self.slowest = 0, 0.0

    def ask(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        return self.connection.execute(sql, values).fetchall()

    def work(self, thread: int, done: Event) -> None:
        with self.connection:
            while not done.wait(0.01):
                began = time.monotonic()
                assert self.ask(self.page, thread)
                with self.connection.transaction():
                    self.connection.execute(COUNT, [thread])
                    self.connection.execute(self.again, [thread])
                self.written += 1
                self.slowest = max(self.slowest, time.monotonic() - began)


@contextmanager
def filled(tmp_path, as_migrated) -> Iterator[str]:
    """A database as the first release left it."""
    with database(tmp_path, as_migrated) as url:
        # What stands on others goes first.
        release = [(app, FIRST_RELEASE[app]) for app in ("requests", "moderation", "desk", "inbox", "threads")]
        size = {"threads": THREADS, "posts_each": POSTS_EACH, "release": release}
        made = manage("shell", "-v0", "-c", FILL.format(**size), DATABASE_URL=url)
        assert made.returncode == 0, made.stderr
        yield url


@pytest.mark.django_db
def test_old_code_reads_and_writes_on_while_the_tables_change(tmp_path, as_migrated, at_once, tally):
    with filled(tmp_path, as_migrated) as url, psycopg.connect(url) as looking:
        clients, done = [Client(url) for _ in range(CLIENTS)], Event()
        [(before,)] = clients[0].ask(ALL)
        threads = [pk for (pk,) in clients[0].ask(f"SELECT id FROM threads_thread ORDER BY id DESC LIMIT {CLIENTS}")]

        def migrate() -> tuple[Any, int, Any, float]:
            try:
                # A backup under way: the new index cannot be finished, and the migration gives up.
                looking.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
                looking.execute("SELECT count(*) FROM threads_thread")
                given_up = manage("migrate", DATABASE_URL=url)
                looking.rollback()
                [half] = looking.execute(HALF).fetchone()
                looking.rollback()
                began = time.monotonic()
                return given_up, half, manage("migrate", DATABASE_URL=url), time.monotonic() - began
            finally:
                done.set()

        works = [partial(client.work, thread, done) for client, thread in zip(clients, threads, strict=True)]
        *_, (given_up, half, finished, seconds) = at_once([*works, migrate])

        written = sum(client.written for client in clients)
        assert "What was done stands; repeat this." in given_up.stderr
        assert half == 1
        assert finished.returncode == 0, finished.stderr
        assert looking.execute(HALF).fetchone() == (0,)
        assert looking.execute(ALL).fetchone() == (before + written,)
    slowest = max(client.slowest for client in clients)
    more = f"{before} posts migrated in {seconds:.0f} s; nobody waited 1 s for a lock, the slowest took {slowest:.2f} s"
    tally("F19", cuts=1, writers=CLIENTS, acknowledged=written, lost=0, doubled=0, more=more)
