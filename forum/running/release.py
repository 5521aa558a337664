"""What runs here: which release of the forum, on what, and since when."""

import platform
import tomllib
from datetime import datetime
from pathlib import Path

import django
import wagtail
from django.db import connection

from community import clock

ROOT = Path(__file__).resolve().parents[2]

_began: list[datetime] = []


def begin() -> None:
    """Called once, when the process starts."""
    _began[:] = [clock.now()]


def began_at() -> datetime:
    return _began[0]


def what_runs() -> dict[str, str]:
    release = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    return {
        "Forthright": f"{release} {commit()}".strip(),
        "Python": platform.python_version(),
        "Django": django.__version__,
        "Wagtail": wagtail.__version__,
        connection.display_name: ".".join(map(str, connection.get_database_version())),
    }


def commit() -> str:
    """The first digits of it, where the release was fetched by git and was not packed into an image."""
    git = ROOT / ".git"
    try:
        head = (git / "HEAD").read_text().strip()
        return (git / head.removeprefix("ref: ")).read_text()[:9] if head.startswith("ref: ") else head[:9]
    except OSError:
        return ""
