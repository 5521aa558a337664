"""The forum as people run it: `manage.py serve` with the embedded settings, the demo and a database of its own."""

import hashlib
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

ROOT = Path(__file__).parent.parent.parent
STATIC_SOURCES = ("forum/static", "cms/static", "requirements.lock")
# The tests themselves take the first ones, one a worker.
REDIS_DATABASE = 15
A_DAY = 86_400
# Loading the demo takes ten seconds where nothing else runs.
PATIENCE = 300


@contextmanager
def serve(*, data: Path, static: Path, migrated: Path | None) -> Iterator[str]:
    """The address of a forum with its demo; stopped at the end as Ctrl-C stops it.

    `data` is an empty folder, `static` one with collected files, `migrated` an SQLite database that needs no migration.
    """
    (data / "static").symlink_to(static)
    port = free_port()
    with database(data, migrated) as where:
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "forum.settings.embedded",
            "DATA_DIR": str(data),
            "DATABASE_URL": where,
            "REDIS_URL": own_redis(),
            "PORT": str(port),
            # Six people who type as fast as a machine are no strangers here.
            "RATE_LIMITS": "0",
        }
        with (data / "server.log").open("w") as log:
            command = [sys.executable, "manage.py", "serve", "--prepare"]
            process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
            try:
                wait_until_ready(port, process, data / "server.log")
                yield f"http://127.0.0.1:{port}"
            finally:
                process.terminate()
                process.wait(timeout=60)


def wait_until_ready(port: int, process: subprocess.Popen, log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if process.poll() is not None:
            break
        try:
            urlopen(f"http://127.0.0.1:{port}/health/ready", timeout=5)
            return
        except HTTPError as answer:
            raise AssertionError(f"The server is up and not ready: {answer.read().decode()}") from None
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"The server did not start:\n{log.read_text()}")


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@contextmanager
def database(data: Path, migrated: Path | None) -> Iterator[str]:
    """The address of an empty database, on the server of the tests if they use one."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        path = data / "forum.sqlite3"
        if migrated and migrated.exists():
            shutil.copyfile(migrated, path)
        yield f"sqlite:///{path}"
        return

    import psycopg

    base = url.rpartition("/")[0]
    name = f"journeys_{os.getpid()}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
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
        environment = os.environ | {"DJANGO_SETTINGS_MODULE": "forum.settings.embedded", "DATA_DIR": str(making)}
        command = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
        subprocess.run(command, cwd=ROOT, env=environment, check=True)
        if not kept.exists():
            making.rename(kept)
    return kept / "static"
