"""A host with everything of forum/deploy/ on it: the files of the repository, with paths and ports of its own."""

import datetime
import http.client
import os
import re
import shutil
import ssl
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from django.test import Client

from tests.journeys.serving import own_redis
from tests.server import PATIENCE, ROOT, database_url, free_port

DEPLOY = ROOT / "forum" / "deploy"
BIN = Path(sys.executable).parent
NGINX = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin") or "nginx"
# Whoever started nginx as root would lose the folder of the test to its worker processes.
USER = "user root;" if os.getuid() == 0 else ""
TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
UNCHECKED = ssl._create_unverified_context()
PROCESSES = 6
# What each of the four for pages and sockets says when it begins to listen.
LISTENS = "has one process more"


class Place:
    def __init__(self, folder: Path, static: Path) -> None:
        self.folder = folder
        self.port, self.plain_port = free_port(), free_port()
        self.web_port, self.socket_port = free_port(), free_port()
        self.url = f"https://localhost:{self.port}"
        (folder / "static").symlink_to(static)
        (folder / "media").mkdir()
        self.environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "forum.settings.production",
            "SECRET_KEY": settings.SECRET_KEY,
            "SITE_URL": self.url,
            "ALLOWED_HOSTS": "localhost",
            "DATABASE_URL": database_url(),
            "PAGE_THREADS": "4",
            "DATABASE_POOL": "8",
            "REDIS_URL": own_redis(),
            "EMAIL_URL": f"file://{folder / 'mail'}",
            "MAIL_FROM": "Relay <relay@localhost>",
            "MEDIA_DIR": str(folder / "media"),
            "DATA_DIR": str(folder),
            "TRUSTED_PROXY_COUNT": "1",
            "WEB_PORT": str(self.web_port),
            "SOCKET_PORT": str(self.socket_port),
            "RATE_LIMITS": "0",
            "SPAM_SIGNALS": "0",
            "NEWCOMER_LIMITS": "0",
            "PYTHONUNBUFFERED": "1",
        }
        self.running: list[subprocess.Popen] = []

    def start(self) -> None:
        self.lay_out()
        here = f"pid {self.folder}/nginx.pid; daemon off; {USER}"
        self.launch(BIN / "supervisord", "--configuration", DEPLOY / "processes.conf", log="processes.log")
        self.launch(NGINX, "-p", self.folder, "-c", self.folder / "nginx.conf", "-g", here, log="nginx.log")
        until = time.monotonic() + PATIENCE
        while not self.is_ready():
            gone = [process.args for process in self.running if process.poll() is not None]
            assert not gone, f"{gone} ended:\n{self.told()}"
            assert time.monotonic() < until, f"It is not ready:\n{self.told()}"
            time.sleep(0.2)

    def launch(self, *command, log: str) -> None:
        with (self.folder / log).open("a") as output:
            self.running.append(
                subprocess.Popen([*map(str, command)], cwd=ROOT, env=self.environment, stdout=output, stderr=output)
            )

    def lay_out(self) -> None:
        (self.folder / "nginx.conf").symlink_to(DEPLOY / "nginx.conf")
        own = {
            "/var/log/nginx": self.folder,
            "/etc/letsencrypt/live/forum": self.folder,
            "/srv/forum/data": self.folder,
            "listen 443": f"listen 127.0.0.1:{self.port}",
            "listen 80": f"listen 127.0.0.1:{self.plain_port}",
            "127.0.0.1:8000": f"127.0.0.1:{self.web_port}",
            "127.0.0.1:8100": f"127.0.0.1:{self.socket_port}",
        }
        for name in ("place.conf", "server.conf"):
            text = re.sub(r".*listen \[::\].*\n", "", (DEPLOY / "host" / name).read_text())
            for theirs, ours in own.items():
                text = text.replace(theirs, str(ours))
            (self.folder / name).write_text(text)
        with (self.folder / "place.conf").open("a") as more:
            more.writelines(f"{kind}_temp_path {self.folder}/nginx-{kind};\n" for kind in TEMPORARY)
        certify(self.folder)

    def is_ready(self) -> bool:
        if (self.folder / "processes.log").read_text().count(LISTENS) < PROCESSES - 2:
            return False
        try:
            return all(asked(port, "/health/ready") == 200 for port in (self.web_port, self.socket_port))
        except (OSError, http.client.HTTPException):
            return False

    def supervised(self, *what: str) -> str:
        command = [str(BIN / "supervisorctl"), "--configuration", str(DEPLOY / "processes.conf"), *what]
        return subprocess.run(command, env=self.environment, capture_output=True, text=True).stdout

    def roll(self) -> subprocess.CompletedProcess[str]:
        """Every process starts again, one after the other, once all have run for a while."""
        until = time.monotonic() + PATIENCE
        while self.supervised("status").count("RUNNING") < PROCESSES and time.monotonic() < until:
            time.sleep(0.5)
        command = [str(DEPLOY / "roll.sh")]
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, timeout=2 * PATIENCE)

    def told(self) -> str:
        logs = ("processes.log", "nginx.log", "error.log")
        return "\n".join((self.folder / log).read_text()[-4000:] for log in logs if (self.folder / log).exists())

    def stop(self) -> None:
        for process in reversed(self.running):
            process.terminate()
        for process in self.running:
            process.wait(timeout=PATIENCE)


@dataclass(frozen=True)
class Answer:
    status: int
    headers: http.client.HTTPMessage
    text: str


class Browser:
    """Somebody at the place, over TLS; signed in if a member is given. For one thread at a time."""

    def __init__(self, place: Place, member=None) -> None:
        self.place = place
        self.cookies = f"__Host-csrf={'c' * 32}"
        if member is not None:
            client = Client()
            client.force_login(member)
            self.cookies += f"; __Host-session={client.session.session_key}"
        self.connection: http.client.HTTPSConnection | None = None

    def get(self, path: str, **headers: str) -> Answer:
        return self.ask("GET", path, **headers)

    def post(self, path: str, **fields: str) -> Answer:
        """Raises OSError or HTTPException when there is no answer."""
        form = {"Content-Type": "application/x-www-form-urlencoded", "Origin": self.place.url}
        return self.ask("POST", path, urlencode({"csrfmiddlewaretoken": "c" * 32} | fields), **form)

    def ask(self, method: str, path: str, body: str | None = None, **headers: str) -> Answer:
        if self.connection is None:
            self.connection = http.client.HTTPSConnection(
                "localhost", self.place.port, timeout=PATIENCE, context=UNCHECKED
            )
        try:
            self.connection.request(method, path, body, {"Cookie": self.cookies} | headers)
            answer = self.connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read().decode())
        except (OSError, http.client.HTTPException):
            self.leave()
            raise

    def leave(self) -> None:
        if self.connection:
            self.connection.close()
            self.connection = None


def asked(port: int, path: str, **headers: str) -> int:
    """What a process answers to whoever asks it itself."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", path, headers=headers)
        return connection.getresponse().status
    finally:
        connection.close()


def certify(folder: Path) -> None:
    """A certificate that nobody but the tests believes."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=2))
        .sign(key, hashes.SHA256())
    )
    (folder / "fullchain.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (folder / "privkey.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
