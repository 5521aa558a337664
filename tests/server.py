"""`manage.py serve` as a process of its own on the database of the tests, and people who send forms to it."""

import http.client
import os
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlencode

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

ROOT = Path(__file__).parent.parent
# In seconds; a server is up in three where nothing else runs.
PATIENCE = 90
LOCAL = "127.0.0.1"
FORM = "application/x-www-form-urlencoded"


class Server:
    """Started, killed and started again on the same port; everything it says is kept in `log`.

    `arguments` are those of `manage.py serve`; its files are kept in `folder`.
    """

    def __init__(self, folder: Path, *arguments: str, **environment: str) -> None:
        self.arguments = arguments
        self.port = free_port()
        self.url = f"http://{LOCAL}:{self.port}"
        self.log_file = folder / f"server-{self.port}.log"
        self.environment = {
            "DJANGO_SETTINGS_MODULE": "tests.serving",
            "DATABASE_URL": database_url(),
            "DATA_DIR": str(folder),
            # Sign-ins made by the tests hold here too.
            "SECRET_KEY": settings.SECRET_KEY,
            "PORT": str(self.port),
            "RATE_LIMITS": "0",
            "SPAM_SIGNALS": "0",
            "NEWCOMER_LIMITS": "0",
            "DEMO_SIGN_IN": "0",
        } | environment
        self.process: subprocess.Popen | None = None

    @property
    def log(self) -> str:
        return self.log_file.read_text() if self.log_file.exists() else ""

    def start(self) -> float:
        """Returns once it is ready; the seconds that took."""
        began = time.monotonic()
        self.launch()
        while time.monotonic() < began + PATIENCE:
            assert self.process.poll() is None, f"The server did not start:\n{self.log}"
            if self.is_ready():
                return time.monotonic() - began
            time.sleep(0.05)
        raise AssertionError(f"The server is not ready:\n{self.log}")

    def launch(self) -> None:
        """Does not wait for it."""
        with self.log_file.open("a") as log:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "serve", *self.arguments],
                cwd=ROOT,
                env=os.environ | self.environment,
                stdout=log,
                stderr=log,
            )

    def is_ready(self) -> bool:
        asking = http.client.HTTPConnection(LOCAL, self.port, timeout=5)
        try:
            asking.request("GET", "/health/ready")
            return asking.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            asking.close()

    def kill(self) -> None:
        """At once and without a word, as a machine that runs out of memory does it."""
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None

    def stop(self) -> None:
        """As Ctrl-C does it."""
        if self.process:
            self.process.terminate()
            self.process.wait(timeout=PATIENCE)
            self.process = None


@dataclass(frozen=True)
class Answer:
    status: int
    location: str
    text: str
    retry_after: str = ""


@dataclass
class Sender:
    """Somebody signed in who sends one form after the other; for one thread at a time."""

    server: Server
    session_key: str
    connection: http.client.HTTPConnection | None = field(default=None, repr=False)

    @classmethod
    def of(cls, server: Server, member) -> "Sender":
        client = Client()
        client.force_login(member)
        return cls(server, client.session.session_key)

    @property
    def cookies(self) -> str:
        return f"{settings.SESSION_COOKIE_NAME}={self.session_key}; {settings.CSRF_COOKIE_NAME}={'c' * 32}"

    def get(self, path: str) -> Answer:
        return self.ask("GET", path)

    def post(self, path: str, **fields: str) -> Answer:
        """Raises OSError or HTTPException when there is no answer."""
        return self.ask("POST", path, urlencode({"csrfmiddlewaretoken": "c" * 32} | fields))

    def upload(self, path: str, **fields) -> Answer:
        """As a form with files in it."""
        return self.ask(
            "POST", path, encode_multipart(BOUNDARY, {"csrfmiddlewaretoken": "c" * 32} | fields), MULTIPART_CONTENT
        )

    def ask(self, method: str, path: str, body: str | bytes | None = None, content_type: str = FORM) -> Answer:
        if self.connection is None:
            self.connection = http.client.HTTPConnection(LOCAL, self.server.port, timeout=PATIENCE)
        headers = {"Cookie": self.cookies, "Content-Type": content_type}
        try:
            self.connection.request(method, path, body, headers)
            answer = self.connection.getresponse()
            location, retry_after = (answer.getheader(name, "") for name in ("Location", "Retry-After"))
            return Answer(answer.status, location, answer.read().decode(), retry_after)
        except (OSError, http.client.HTTPException):
            self.leave()
            raise

    def leave(self) -> None:
        if self.connection:
            self.connection.close()
            self.connection = None


def free_port() -> int:
    with socket.socket() as free:
        free.bind((LOCAL, 0))
        return free.getsockname()[1]


def database_url() -> str:
    """The test database as an address."""
    where = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{where['NAME']}"
    who = f"{quote(where['USER'])}:{quote(where['PASSWORD'])}"
    return f"postgres://{who}@{where['HOST']}:{where['PORT']}/{where['NAME']}"
