"""The forum as production runs it: nginx, supervisor and every process, on the PostgreSQL and Redis of the tests."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.deploy.place import Place
from tests.journeys.serving import collected_static

# One machine's SQLite is never served like this.
if not (os.environ.get("DATABASE_URL", "").startswith("postgres") and os.environ.get("REDIS_URL")):
    collect_ignore_glob = ["test_*.py"]


@pytest.fixture
def place(transactional_db, settings, tmp_path: Path, pytestconfig) -> Iterator[Place]:
    """Started and ready; stopped at the end, process by process."""
    if not shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin"):
        pytest.skip("nginx is not installed")
    # What the tests queue finds the worker.
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    here = Place(tmp_path, collected_static(Path(pytestconfig.cache.mkdir("static"))))
    try:
        here.start()
        yield here
    finally:
        here.stop()
