"""The forum as people run it: `manage.py serve` with the embedded settings, the demo and a database of its own."""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.server import ROOT, Server

STATIC_SOURCES = ("forum/static", "cms/static", "requirements.lock")
# Each worker its own, from the last one down: the tests themselves take the first ones.
REDIS_DATABASE = 15 - int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
A_DAY = 86_400


@contextmanager
def serve(*, data: Path, static: Path, migrated: Path | str | None) -> Iterator[Server]:
    """A forum with its demo; stopped at the end as Ctrl-C stops it.

    `data` is an empty folder, `static` one with collected files, `migrated` a database that needs no migration: a file
    for SQLite, a name on the server of the tests if they use one.
    """
    (data / "static").symlink_to(static)
    with database(data, migrated) as where:
        server = Server(
            data,
            DJANGO_SETTINGS_MODULE="forum.settings.embedded",
            DATABASE_URL=where,
            REDIS_URL=own_redis(),
            DEMO_SIGN_IN="1",
        )
        for prepared_by in ("demo",) if migrated else ("migrate", "demo"):
            manage(prepared_by, "--verbosity=0", **server.environment)
        server.start()
        try:
            yield server
        finally:
            server.stop()


def manage(*arguments: str, **environment: str) -> None:
    command = [sys.executable, "manage.py", *arguments]
    subprocess.run(command, cwd=ROOT, env=os.environ | environment, stdout=subprocess.DEVNULL, check=True)


@contextmanager
def database(data: Path, migrated: Path | str | None) -> Iterator[str]:
    """The address of a database without a row of ours, on the server of the tests if they use one."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        path = data / "forum.sqlite3"
        if migrated:
            shutil.copyfile(migrated, path)
        yield f"sqlite:///{path}"
        return

    import psycopg

    base = url.rpartition("/")[0]
    name = f"journeys_{os.getpid()}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {migrated or 'template1'}")
    try:
        yield f"{base}/{name}"
    finally:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def own_redis() -> str:
    """The Redis of the tests, in a database where nothing is left of an earlier run; empty where they use none."""
    url = os.environ.get("REDIS_URL", "")
    if not url:
        return ""
    from redis import Redis

    own = f"{url.rpartition('/')[0]}/{REDIS_DATABASE}"
    with Redis.from_url(own) as redis:
        redis.flushdb()
    return own


def collected_static(kept_in: Path) -> Path:
    """The folder with the static files as a browser gets them; made once for each state of their sources."""
    told = hashlib.sha256()
    for source in STATIC_SOURCES:
        whole = ROOT / source
        for path in sorted(whole.rglob("*")) if whole.is_dir() else [whole]:
            if path.is_file():
                told.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    kept = kept_in / told.hexdigest()[:16]
    if not kept.exists():
        for old in kept_in.iterdir():
            # Not at once: another run may still serve them.
            if time.time() - old.stat().st_mtime > A_DAY:
                shutil.rmtree(old, ignore_errors=True)
        making = kept_in / f"making-{os.getpid()}"
        environment = {"DJANGO_SETTINGS_MODULE": "forum.settings.embedded", "DATA_DIR": str(making)}
        manage("collectstatic", "--noinput", "--verbosity=0", **environment)
        if not kept.exists():
            making.rename(kept)
    return kept / "static"
