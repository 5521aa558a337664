"""Request Tracker as its Debian package brings it, on a port and a database of its own."""

import os
import shutil
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.server import free_port

ROOT = Path("/usr/share/request-tracker5")
SERVER = ROOT / "libexec" / "rt-server"
SETUP = shutil.which("rt-setup-database-5", path="/usr/sbin:/usr/bin") or ""
NOT_FOUND = "request-tracker5 and rt5-db-sqlite were not found."
IS_HERE = SERVER.exists() and bool(SETUP)
PASSWORD = "the password of root"

SITE = """
Set($rtname, 'support.example');
Set($Organization, 'support.example');
Set($WebDomain, '127.0.0.1');
Set($WebPort, {port});
Set($DatabaseType, 'SQLite');
Set($DatabaseName, '{folder}/rt.sqlite3');
Set($LogToSyslog, undef);
Set($LogToSTDERR, 'error');
Set($MailCommand, 'testfile');
Set($WebSessionClass, 'Apache::Session::File');
Set($MasonDataDir, '{folder}/mason');
Set($MasonSessionDir, '{folder}/sessions');
1;
"""
PEOPLE = """
use lib '/usr/share/request-tracker5/lib';
use RT -init;
my $root = RT::User->new(RT->SystemUser);
$root->Load('root');
$root->SetPassword('the password of root');
my $sales = RT::Queue->new(RT->SystemUser);
$sales->Create(Name => 'Sales');
"""


@dataclass
class RequestTrackerServer:
    """It can be taken away and brought back: its tickets are in a file."""

    folder: Path
    port: int
    process: subprocess.Popen | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        site = {"RT_SITE_CONFIG": str(self.folder / "site.pm"), "RT_SITE_CONFIG_DIR": str(self.folder / "none")}
        return {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8", "HOME": str(self.folder), **site}

    def run(self, *command: str) -> None:
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, timeout=180)
        assert done.returncode == 0, done.stderr + done.stdout

    def prepare(self) -> None:
        for folder in ("mason", "sessions"):
            (self.folder / folder).mkdir()
        (self.folder / "site.pm").write_text(SITE.format(port=self.port, folder=self.folder))
        (self.folder / "people.pl").write_text(PEOPLE)
        self.run(SETUP, "--action", "init", "--skip-create")
        self.run("perl", str(self.folder / "people.pl"))

    def start(self) -> None:
        log = (self.folder / "log").open("ab")
        command = [str(SERVER), "--host", "127.0.0.1", "--port", str(self.port)]
        # A group of its own, so that its children go with it.
        self.process = subprocess.Popen(
            command, env=self.environment, stdout=log, stderr=log, cwd=self.folder, start_new_session=True
        )
        until = time.monotonic() + 60
        while time.monotonic() < until:
            assert self.process.poll() is None, (self.folder / "log").read_text()
            try:
                urllib.request.urlopen(f"{self.url}/REST/2.0/rt", timeout=5)
            except urllib.error.HTTPError:
                return
            except OSError:
                time.sleep(0.2)
        raise AssertionError("RT did not answer within a minute.")

    def stop(self) -> None:
        if self.process is None:
            return

        os.killpg(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(10)
        self.process = None


@contextmanager
def serving(folder: Path) -> Iterator[RequestTrackerServer]:
    server = RequestTrackerServer(folder, free_port())
    server.prepare()
    try:
        server.start()
        yield server
    finally:
        server.stop()
