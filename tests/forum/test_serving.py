"""`manage.py serve` as a person starts and stops it."""

import http.client
import re
import shutil
import signal
import socket
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.journeys.serving import collected_static
from tests.server import LOCAL, Server

pytestmark = pytest.mark.heavy


@pytest.fixture
def prepared(tmp_path: Path, pytestconfig, migrated_copy: Path, django_db_setup) -> Iterator[Callable]:
    """A forum without a demo, not yet started; what is still up at the end is stopped."""
    database = tmp_path / "forum.sqlite3"
    # It serves from SQLite, whichever database the other tests use, and makes what is not there.
    if migrated_copy.exists():
        shutil.copyfile(migrated_copy, database)
    (tmp_path / "static").symlink_to(collected_static(Path(pytestconfig.cache.mkdir("static"))))
    made = []

    def prepare(**environment: str) -> Server:
        own = {
            "DJANGO_SETTINGS_MODULE": "forum.settings.embedded",
            "DATABASE_URL": f"sqlite:///{database}",
            "REDIS_URL": "",
            "PYTHONUNBUFFERED": "1",
        }
        made.append(Server(tmp_path, "--prepare", **own | environment))
        return made[-1]

    yield prepare
    for server in made:
        server.kill()


def test_it_says_where_it_is_and_stops_cleanly_when_asked(prepared):
    server = prepared()
    server.start()

    server.process.send_signal(signal.SIGINT)

    # Pages, sockets, a task and the schedule each have their own last seconds; together less than this.
    assert server.process.wait(timeout=60) == 0
    assert f"open at {server.url}/" in server.log
    assert server.log.endswith("Stopped.\n")
    assert "Traceback" not in server.log


def test_a_form_under_way_is_finished_before_the_server_stops(prepared, tmp_path):
    server = prepared()
    server.start()
    page, cookie = get(server, "/accounts/signup/")
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
    form = {
        "csrfmiddlewaretoken": token,
        "email": "late@example.com",
        "username": "late-comer",
        "password1": "dRe6h.wq2-x",
    }
    answers: list[int] = []
    file = tmp_path / "forum.sqlite3"
    with sqlite3.connect(file, isolation_level=None) as other:
        # As long as somebody else writes, the sign-up waits in the middle of its work.
        other.execute("BEGIN IMMEDIATE")
        sending = threading.Thread(target=lambda: answers.append(post(server, "/accounts/signup/", form, cookie)))
        sending.start()
        time.sleep(1.5)

        server.process.send_signal(signal.SIGTERM)
        time.sleep(0.5)
        other.execute("ROLLBACK")

    sending.join(30)
    assert answers == [302]
    assert server.process.wait(timeout=30) == 0
    with sqlite3.connect(file) as afterwards:
        assert afterwards.execute("SELECT count(*) FROM people_member").fetchone() == (1,)


def test_a_form_whose_words_are_still_coming_in_is_answered_before_the_server_stops(prepared):
    server = prepared()
    server.start()
    page, cookie = get(server, "/accounts/signup/")
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
    body = urlencode({"csrfmiddlewaretoken": token, "email": "no address"}).encode()
    with socket.create_connection((LOCAL, server.port), timeout=30) as sending:
        head = ["POST /accounts/signup/ HTTP/1.1", f"Host: {LOCAL}:{server.port}", f"Origin: {server.url}"]
        head += [f"Cookie: {cookie}", "Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
        sending.sendall(("\r\n".join(head) + "\r\n\r\n").encode() + body[:20])
        time.sleep(0.5)

        server.process.send_signal(signal.SIGTERM)
        # Whoever comes now is another process's: nobody is let in only to be cut off.
        wait_until_nobody_is_let_in(server)
        sending.sendall(body[20:])
        answer = sending.recv(100)

    # The page with what is to be corrected.
    assert answer.startswith(b"HTTP/1.1 200 "), (answer, server.process.wait(30), server.log)
    assert server.process.wait(timeout=30) == 0


def test_a_port_that_is_taken_is_named_with_a_way_out(prepared):
    first = prepared()
    first.start()
    second = prepared(PORT=str(first.port))

    second.launch()

    assert second.process.wait(timeout=60) == 1
    assert f"Port {first.port} is taken. Choose another: make run PORT={first.port + 1}" in second.log


def wait_until_nobody_is_let_in(server: Server) -> None:
    until = time.monotonic() + 10
    while time.monotonic() < until:
        try:
            socket.create_connection((LOCAL, server.port), timeout=5).close()
        except ConnectionRefusedError:
            return
        time.sleep(0.05)
    raise AssertionError("It still listens.")


def get(server: Server, address: str) -> tuple[str, str]:
    """The page and the cookie that came with it."""
    connection = http.client.HTTPConnection(LOCAL, server.port, timeout=30)
    connection.request("GET", address)
    answer = connection.getresponse()
    return answer.read().decode(), answer.headers["Set-Cookie"].partition(";")[0]


def post(server: Server, address: str, form: dict[str, str], cookie: str) -> int:
    connection = http.client.HTTPConnection(LOCAL, server.port, timeout=60)
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie, "Origin": server.url}
    connection.request("POST", address, urlencode(form), headers)
    return connection.getresponse().status
