"""`manage.py serve` as a person starts and stops it."""

import http.client
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.journeys.serving import ROOT, collected_static, free_port, wait_until_ready

pytestmark = pytest.mark.heavy


@pytest.fixture
def start(tmp_path: Path, pytestconfig, migrated_copy: Path | None, django_db_setup) -> Iterator[Callable]:
    """Starts a forum without a demo on a port; what is still up at the end is stopped."""
    if migrated_copy is None:
        # It serves from SQLite, whichever database the other tests use.
        database = tmp_path / "made.sqlite3"
    else:
        database = tmp_path / "forum.sqlite3"
        shutil.copyfile(migrated_copy, database)
    (tmp_path / "static").symlink_to(collected_static(Path(pytestconfig.cache.mkdir("static"))))
    started = []

    def serve(port: int) -> subprocess.Popen:
        environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ} | {
            "DATA_DIR": str(tmp_path),
            "DATABASE_URL": f"sqlite:///{database}",
            "DEMO_SIGN_IN": "0",
            "PORT": str(port),
            "PYTHONUNBUFFERED": "1",
        }
        with (tmp_path / "server.log").open("a") as log:
            command = [sys.executable, "manage.py", "serve", "--prepare"]
            started.append(subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log))
        return started[-1]

    yield serve
    for process in started:
        if process.poll() is None:
            process.kill()
        process.wait()


def said(folder: Path) -> str:
    return (folder / "server.log").read_text()


def test_it_says_where_it_is_and_stops_cleanly_when_asked(start, tmp_path):
    port = free_port()
    process = start(port)
    wait_until_ready(port, process, tmp_path / "server.log")

    process.send_signal(signal.SIGINT)

    assert process.wait(timeout=30) == 0
    assert f"open at http://127.0.0.1:{port}/" in said(tmp_path)
    assert said(tmp_path).endswith("Stopped.\n")
    assert "Traceback" not in said(tmp_path)


def test_a_form_under_way_is_finished_before_the_server_stops(start, tmp_path, migrated_copy):
    port = free_port()
    process = start(port)
    wait_until_ready(port, process, tmp_path / "server.log")
    page, cookie = get(port, "/accounts/signup/")
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
    form = {
        "csrfmiddlewaretoken": token,
        "email": "late@example.com",
        "username": "late-comer",
        "password1": "dRe6h.wq2-x",
    }
    answers: list[int] = []
    file = next(path for path in tmp_path.glob("*.sqlite3"))
    with sqlite3.connect(file, isolation_level=None) as other:
        # As long as somebody else writes, the sign-up waits in the middle of its work.
        other.execute("BEGIN IMMEDIATE")
        sending = threading.Thread(target=lambda: answers.append(post(port, "/accounts/signup/", form, cookie)))
        sending.start()
        time.sleep(1.5)

        process.send_signal(signal.SIGTERM)
        time.sleep(0.5)
        other.execute("ROLLBACK")

    sending.join(30)
    assert answers == [302]
    assert process.wait(timeout=30) == 0
    with sqlite3.connect(file) as afterwards:
        assert afterwards.execute("SELECT count(*) FROM people_member").fetchone() == (1,)


def test_a_port_that_is_taken_is_named_with_a_way_out(start, tmp_path):
    port = free_port()
    first = start(port)
    wait_until_ready(port, first, tmp_path / "server.log")

    second = start(port)

    assert second.wait(timeout=60) == 1
    assert f"Port {port} is taken. Choose another: make run PORT={port + 1}" in said(tmp_path)


def get(port: int, address: str) -> tuple[str, str]:
    """The page and the cookie that came with it."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", address)
    answer = connection.getresponse()
    return answer.read().decode(), answer.headers["Set-Cookie"].partition(";")[0]


def post(port: int, address: str, form: dict[str, str], cookie: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": cookie,
        "Origin": f"http://127.0.0.1:{port}",
    }
    connection.request("POST", address, urlencode(form), headers)
    return connection.getresponse().status
