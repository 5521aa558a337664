"""The forum in its two forms, each in a folder of its own and gone afterwards.

embedded     one process, SQLite, memory
production   a web process and a worker, PostgreSQL and Redis: those of DATABASE_URL and REDIS_URL, where both are named
             (the database is to be an empty one), else servers of our own, where their programs are installed
"""

import http.client
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .browsing import TOKEN
from .load import cpu_of, memory_of

ROOT = Path(__file__).resolve().parent.parent.parent
START_WITHIN = 120


@dataclass
class Forum:
    url: str
    # What is counted as its CPU and memory: its own processes, database and Redis.
    pids: list[int]
    environment: dict[str, str]
    # What tests.bench.filling says.
    filled: dict[str, Any]

    def cookie(self, who: str) -> str:
        return f"sessionid={self.filled['sessions'][who]}; csrftoken={TOKEN}"

    @property
    def cpu(self) -> float:
        return cpu_of(self.pids)

    @property
    def memory(self) -> float:
        return memory_of(self.pids)


@contextmanager
def embedded(folder: Path, corpus: Path, **more: str) -> Iterator[Forum]:
    with serving(folder, corpus, [], [["serve"]], DATABASE_URL="", REDIS_URL="", **more) as forum:
        yield forum


@contextmanager
def production(folder: Path, corpus: Path) -> Iterator[Forum]:
    commands = [["serve", "--web-only"], ["db_worker", "--queue-name", "*"]]
    with ExitStack() as stack:
        where = {name: os.environ.get(name, "") for name in ("DATABASE_URL", "REDIS_URL")}
        pids: list[int] = []
        if not all(where.values()):
            for name, started in (("DATABASE_URL", postgres(folder)), ("REDIS_URL", redis(folder))):
                where[name], process = stack.enter_context(started)
                pids.append(process.pid)
        yield stack.enter_context(serving(folder, corpus, pids, commands, **where))


def can_be_production() -> bool:
    named = os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL")
    return bool(named or (shutil.which("redis-server") and postgres_programs() and os.geteuid() != 0))


@contextmanager
def serving(
    folder: Path, corpus: Path, pids: list[int], commands: list[list[str]], **environment: str
) -> Iterator[Forum]:
    folder.mkdir(exist_ok=True)
    port = free_port()
    whole = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
        "DATA_DIR": str(folder),
        "PORT": str(port),
        **environment,
    }
    filling = [sys.executable, "-m", "tests.bench.filling", str(corpus)]
    filled = json.loads(subprocess.run(filling, cwd=ROOT, env=whole, check=True, stdout=subprocess.PIPE).stdout)
    static = ["manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
    if not (folder / "static").exists():
        subprocess.run([sys.executable, *static], cwd=ROOT, env=whole, check=True)
    log = folder / "server.log"
    with log.open("w") as output, ExitStack() as stack:
        processes = []
        for command in commands:
            begin = subprocess.Popen(
                [sys.executable, "manage.py", *command], cwd=ROOT, env=whole, stdout=output, stderr=output
            )
            processes.append(begin)
            stack.callback(stop, begin)
        wait_for(port, processes[0], log)
        yield Forum(f"http://127.0.0.1:{port}", [*pids, *(process.pid for process in processes)], whole, filled)


def stop(process: subprocess.Popen) -> None:
    process.terminate()
    process.wait(60)


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return asked.getsockname()[1]


def wait_for(port: int, server: subprocess.Popen, log: Path) -> None:
    until = time.monotonic() + START_WITHIN
    while time.monotonic() < until and server.poll() is None:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
            connection.request("GET", "/health/ready")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.1)
    sys.exit(f"The server did not start:\n{log.read_text()}")


# Servers of our own


def postgres_programs() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


@contextmanager
def postgres(folder: Path) -> Iterator[tuple[str, subprocess.Popen]]:
    programs, data, port = postgres_programs(), folder / "postgres", free_port()
    assert programs
    folder.mkdir(exist_ok=True)
    made = [programs / "initdb", "--pgdata", data, "--username", "forum", "--auth", "trust", "--encoding", "UTF8"]
    subprocess.run([*made, "--locale", "C.UTF-8"], check=True, stdout=subprocess.DEVNULL)
    told = ["-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "shared_buffers=512MB"]
    with (folder / "postgres.log").open("w") as log:
        server = subprocess.Popen([programs / "postgres", "-D", data, "-p", str(port), *told], stdout=log, stderr=log)
    try:
        wait_for_port(port)
        yield f"postgres://forum@127.0.0.1:{port}/postgres", server
    finally:
        stop(server)


@contextmanager
def redis(folder: Path) -> Iterator[tuple[str, subprocess.Popen]]:
    port = free_port()
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        wait_for_port(port)
        yield f"redis://127.0.0.1:{port}/0", server
    finally:
        stop(server)


def wait_for_port(port: int) -> None:
    until = time.monotonic() + START_WITHIN
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            # It listens a moment before it answers.
            time.sleep(0.5)
            return
        except OSError:
            time.sleep(0.1)
    sys.exit(f"Nobody listens on port {port}.")
