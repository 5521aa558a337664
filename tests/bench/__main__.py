"""make bench: the forum's pages beside a view that does nothing, on the same server in the same run.

SECONDS (3) a measurement; FILE, to measure with other threads than the made-up ones, as import_threads takes them.
Rates swing with whatever else the machine does; the ratios and the CPU milliseconds a request are what to compare.
"""

import http.client
import os
import re
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode

from rich.console import Console
from rich.table import Table

from . import data
from .load import Measured, measure

ROOT = Path(__file__).resolve().parent.parent.parent
SECONDS = float(os.environ.get("SECONDS", "3"))
SIGNED_IN_AS = "tallow"
AT_THE_DESK = "desk-2"
IN_THE_QUEUE = "osier"
OPEN, CASES = 50_000, 20_000
START_WITHIN = 60
BODY = (
    "Released the slot and asked for new keys.\n\n```\nrelay keys renew --slot auto\n```\n\n"
    + "It is signed again. " * 90
)


def main() -> None:
    console = Console(width=118)
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
            "DATA_DIR": folder,
            "PORT": str(port),
            "DATABASE_URL": "",
            "REDIS_URL": "",
        }
        prepare(console, Path(folder), environment)
        log = Path(folder) / "server.log"
        with log.open("w") as output:
            server = subprocess.Popen(
                [sys.executable, "manage.py", "serve"], cwd=ROOT, env=environment, stdout=output, stderr=output
            )
            try:
                wait_for(port, server, log)
                report(console, port, server.pid, environment)
            finally:
                server.terminate()
                server.wait(30)


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return asked.getsockname()[1]


def prepare(console: Console, folder: Path, environment: dict[str, str]) -> None:
    file = os.environ.get("FILE")
    if not file:
        file = str(folder / "threads.jsonl")
        data.write(Path(file))
    for command in (
        ["migrate", "--verbosity", "0"],
        ["demo"],
        ["import_threads", file],
        ["collectstatic", "--noinput", "--verbosity", "0"],
    ):
        console.print(f"[dim]{' '.join(command[:1])} …[/dim]")
        subprocess.run(
            [sys.executable, "manage.py", *command], cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL
        )


def wait_for(port: int, server: subprocess.Popen, log: Path) -> None:
    until = time.monotonic() + START_WITHIN
    while time.monotonic() < until and server.poll() is None:
        try:
            if Browser(port).get("/health/ready")[0] == 200:
                return
        except OSError:
            time.sleep(0.2)
    sys.exit(f"The server did not start:\n{log.read_text()}")


class Browser:
    """Keeps cookies, follows nothing."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}

    def ask(self, method: str, path: str, fields: dict[str, str] | None = None) -> tuple[int, str, str]:
        """Status, body, Location."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Cookie": self.cookie, "Origin": f"http://127.0.0.1:{self.port}"}
        if fields is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, path, urlencode(fields) if fields else None, headers)
        answer = connection.getresponse()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, kept = value.partition(";")[0].partition("=")
                self.cookies[key] = kept
        return answer.status, answer.read().decode(), answer.getheader("Location") or ""

    def get(self, path: str) -> tuple[int, str, str]:
        return self.ask("GET", path)

    @property
    def cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def token(self, path: str) -> str:
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.get(path)[1])
        assert found, f"{path} has no form"
        return found[1]

    def sign_in(self, handle: str) -> "Browser":
        token = self.token("/accounts/login/")
        self.ask("POST", "/accounts/demo/", {"csrfmiddlewaretoken": token, "handle": handle})
        return self


def page(port: int, path: str, *, cookie: str = "") -> Callable[[int], bytes]:
    lines = [f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", "Accept-Encoding: gzip"]
    if cookie:
        lines.append(f"Cookie: {cookie}")
    request = ("\r\n".join(lines) + "\r\n\r\n").encode()
    return lambda number: request


def reply(port: int, path: str, browser: Browser) -> Callable[[int], bytes]:
    token = browser.token(path)
    number_only = re.match(r"/threads/\d+/", path)
    assert number_only

    def request(number: int) -> bytes:
        fields = {
            "csrfmiddlewaretoken": token,
            "body": f"{number}. {BODY}",
            "kind": "information",
            "token": secrets.token_urlsafe(),
        }
        body = urlencode(fields).encode()
        head = [
            f"POST {number_only[0]}reply/ HTTP/1.1",
            f"Host: 127.0.0.1:{port}",
            f"Origin: http://127.0.0.1:{port}",
            f"Cookie: {browser.cookie}",
            "Content-Type: application/x-www-form-urlencoded",
            f"Content-Length: {len(body)}",
        ]
        return ("\r\n".join(head) + "\r\n\r\n").encode() + body

    return request


def imported(port: int) -> tuple[str, str]:
    """The addresses of the first two threads of the file: the long one, and the one of twenty posts."""
    browser = Browser(port)
    page_of_list = browser.get("/threads/?show=unknown&order=waiting")[1]
    # The oldest wait longest, and nothing of the file is older than its first two threads.
    numbers = sorted(int(number) for number in re.findall(r'data-thread="(\d+)"', page_of_list))
    addresses = [browser.get(f"/threads/{number}/")[2] for number in numbers[:3]]
    return addresses[0], addresses[1]


def in_turn(jobs: list, of_many: list, environment: dict[str, str]) -> Iterator[tuple]:
    """Those with few threads first: so many open ones are slow for lists that count what they narrow to."""
    yield from jobs
    for what, count in (("open_threads", OPEN), ("open_cases", CASES)):
        writing = [sys.executable, "-m", f"tests.bench.{what}", str(count)]
        subprocess.run(writing, cwd=ROOT, env=environment, check=True)
    yield from of_many


def report(console: Console, port: int, pid: int, environment: dict[str, str]) -> None:
    member = Browser(port).sign_in(SIGNED_IN_AS)
    long, twenty = imported(port)
    inside = "measured=inside"  # a cookie that means nothing keeps the door from answering
    jobs: list[tuple[str, Callable[[int], bytes], tuple[int, ...]]] = [
        ("nothing (a view that does nothing)", page(port, "/nothing/"), (1, 16)),
        ("home, at the door", page(port, "/"), (1, 16)),
        ("home, made anew", page(port, "/", cookie=inside), (1, 16)),
        ("list, at the door", page(port, "/threads/"), (1, 16)),
        ("list, made anew", page(port, "/threads/", cookie=inside), (1, 16)),
        ("thread of 20 posts, at the door", page(port, twenty), (1, 16)),
        ("thread of 20 posts, made anew", page(port, twenty, cookie=inside), (1, 16)),
        ("page 5 of 200 posts, at the door", page(port, f"{long}?page=5"), (1, 16)),
        ("page 5 of 200 posts, made anew", page(port, f"{long}?page=5", cookie=inside), (1, 16)),
        ("search, two words", page(port, "/search/?q=signing+timeout", cookie=inside), (1, 16)),
        ("thread of 20 posts, signed in", page(port, twenty, cookie=member.cookie), (1, 16)),
        ("posting a reply, 1 writer", reply(port, long, member), (1,)),
        ("posting a reply, 8 writers, one thread", reply(port, long, member), (8,)),
        ("nothing, once more", page(port, "/nothing/"), (1, 16)),
    ]
    agent, moderator = Browser(port).sign_in(AT_THE_DESK), Browser(port).sign_in(IN_THE_QUEUE)
    of_many: list[tuple[str, Callable[[int], bytes], tuple[int, ...]]] = [
        (f"desk, {OPEN} open threads", page(port, "/desk/", cookie=agent.cookie), (1, 16)),
        ("desk, its 300th page", page(port, "/desk/?page=300", cookie=agent.cookie), (1,)),
        (f"queue, {CASES} open cases", page(port, "/moderation/", cookie=moderator.cookie), (1, 16)),
    ]
    table = Table(
        title=f"{SECONDS:g} s each, {os.cpu_count()} cores; x nothing: rate ÷ rate of the view that does nothing"
    )
    for heading in ("what", "connections", "requests/s", "x nothing", "p50 ms", "p99 ms", "CPU ms", "refused"):
        table.add_column(heading, justify="left" if heading == "what" else "right")
    nothing: dict[int, Measured] = {}
    for name, request, widths in in_turn(jobs, of_many, environment):
        for connections in widths:
            measure(port, pid, request, connections=connections, seconds=min(0.5, SECONDS))
            measured = measure(port, pid, request, connections=connections, seconds=SECONDS)
            nothing.setdefault(1 if connections == 1 else 16, measured)
            beside = nothing[1 if connections == 1 else 16]
            table.add_row(
                name,
                str(connections),
                f"{measured.rate:.1f}",
                f"{measured.rate / beside.rate:.2f}",
                f"{measured.percentile(50):.1f}",
                f"{measured.percentile(99):.1f}",
                f"{measured.cpu_each:.2f}",
                str(measured.refused),
            )
            console.print(f"[dim]{name}, {connections} …[/dim]")
    console.print(table)


main()
