"""django-spirit, installed from PyPI, with the same threads: its pages measured under the names of ours."""

import json
import os
import subprocess
import sys
import venv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .. import browsing
from ..load import Requests, memory_of
from ..rows import Row, row_of
from ..serving import free_port, stop, wait_for_port

WANTED = ["django-spirit==0.14.3", "gunicorn"]
SETTINGS = """
from .prod import *

DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": os.path.join(BASE_DIR, "db.sqlite3")}}
CACHES = {name: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": name, "TIMEOUT": None}
          for name in ("default", "st_rate_limit")}
SECRET_KEY = "measured"
ALLOWED_HOSTS = ["*"]
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
ST_RATELIMIT_ENABLE = False
"""
FILLING = Path(__file__).with_name("spirit_filling.py")


@dataclass
class Spirit:
    url: str
    pid: int
    filled: dict

    @property
    def cookie(self) -> str:
        return f"sessionid={self.filled['session']}; csrftoken={browsing.TOKEN}"


def rows(folder: Path, corpus: Path, seconds: float, said: Callable[[str], None]) -> Iterator[Row]:
    said("django-spirit is installed and filled")
    with serving(folder / "spirit", corpus) as spirit:
        for name, widths, request in jobs(spirit):
            said(f"django-spirit, {name}")
            for width in widths:
                yield row_of(name, width, spirit.url, [spirit.pid], request, seconds)
        yield Row("memory of the whole site after this", 1, 0, 0, 0, memory=memory_of([spirit.pid]))


def jobs(spirit: Spirit) -> Iterator[tuple[str, tuple[int, ...], Requests]]:
    filled = spirit.filled

    def page(path: str, cookie: str = "") -> Requests:
        return browsing.page(spirit.url, path, cookie=cookie)

    yield "home", (1, 16), page("/")
    yield "thread of 20 posts", (1, 16), page(filled["twenty"])
    yield f"page 5 of {filled['posts']} posts", (1, 16), page(f"{filled['long']}?page=5")
    yield "thread of 20 posts, signed in", (1, 16), page(filled["twenty"], spirit.cookie)
    writing = replies(spirit)
    yield "posting a reply, 1 writer", (1,), writing
    yield "posting a reply, 8 writers, one thread", (8,), writing


def replies(spirit: Spirit) -> Requests:
    path = f"/comment/{spirit.filled['long_id']}/publish/"

    def request(number: int) -> bytes:
        return browsing.form(spirit.url, path, cookie=spirit.cookie, comment=f"{number}. {browsing.BODY}")

    return request


@contextmanager
def serving(folder: Path, corpus: Path) -> Iterator[Spirit]:
    bin_, project, port = folder / "venv" / "bin", folder / "peer", free_port()
    venv.create(folder / "venv", with_pip=True)
    run(bin_ / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *WANTED, cwd=folder)
    run(bin_ / "spirit", "startproject", "peer", cwd=folder, env=environment(project))
    (project / "peer" / "settings" / "bench.py").write_text(SETTINGS)
    # -P: what stands beside the script has the name of what it imports.
    told = run(bin_ / "python", "-P", FILLING, corpus, cwd=project, env=environment(project))
    # Threads, because its plain workers keep no connection, and making one for each request would be counted too.
    kind = ["--workers", "2", "--worker-class", "gthread", "--threads", "4", "--keep-alive", "60"]
    with (folder / "spirit.log").open("w") as log:
        command = [bin_ / "python", "-m", "gunicorn", "peer.wsgi", "--bind", f"127.0.0.1:{port}", *kind]
        server = subprocess.Popen(command, cwd=project, env=environment(project), stdout=log, stderr=log)
    try:
        wait_for_port(port)
        yield Spirit(f"http://127.0.0.1:{port}", server.pid, json.loads(told.splitlines()[-1]))
    finally:
        stop(server)


def environment(project: Path) -> dict[str, str]:
    ours = {"PYTHONPATH", "DATABASE_URL", "REDIS_URL"}
    kept = {name: value for name, value in os.environ.items() if name not in ours}
    kept["PATH"] = f"{project.parent / 'venv' / 'bin'}:{os.environ['PATH']}"
    return kept | {"DJANGO_SETTINGS_MODULE": "peer.settings.bench", "PYTHONPATH": str(project)}


def run(*command: object, cwd: Path, env: dict[str, str] | None = None) -> str:
    done = subprocess.run([*map(str, command)], cwd=cwd, env=env, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))}\n{done.stdout}{done.stderr}")
    return done.stdout
