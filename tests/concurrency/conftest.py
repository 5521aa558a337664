"""Many at once, in threads of this process or against a server of its own."""

import random
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.conf import settings
from django.db import connections

from tests.server import Server

HERE = Path(__file__).parent
# What there is only past one machine is taken away only there: `.ci/run` does both.
collect_ignore = []
if not settings.REDIS_URL:
    collect_ignore += ["test_without_redis.py"]
if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    collect_ignore += ["test_migrating_beside_writers.py", "test_plans_of_before.py", "test_without_the_database.py"]
else:
    collect_ignore += ["test_a_long_reader.py", "test_writers_stand_in_line.py"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.heavy)


@pytest.fixture
def queued(settings) -> None:
    """Tasks are kept in the database, where the check of the index and the server's worker find them."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture
def server(transactional_db, queued, tmp_path) -> Iterator[Server]:
    """Not started yet, stopped at the end."""
    forum = Server(tmp_path)
    yield forum
    forum.stop()


@pytest.fixture
def at_once() -> Callable[..., list[Any]]:
    """`at_once(works)`: call them side by side, all from the same moment on; what each returned, in their order."""

    def together(works: list[Callable[[], Any]]) -> list[Any]:
        barrier = Barrier(len(works))

        def begin(work: Callable[[], Any]) -> Any:
            try:
                barrier.wait(timeout=60)
                return work()
            finally:
                connections.close_all()

        with ThreadPoolExecutor(len(works)) as pool:
            return [future.result() for future in [pool.submit(begin, work) for work in works]]

    return together


@pytest.fixture
def dice(request) -> random.Random:
    """The same throws in every run of a test; other ones with SEED=."""
    from tests.concurrency.sizes import SEED

    print(f"SEED={SEED}")
    return random.Random(f"{request.node.name} {SEED}")
