from collections.abc import Iterator

import pytest
from django.conf import settings

from community import kept, shared
from forum.door import Door, several
from forum.door.hearing import Here
from forum.door.several import InRedis

# There are several processes only where they have a Redis between them; what needs neither is tried once.
collect_ignore = ["test_measuring.py"] if settings.REDIS_URL else ["test_several_doors.py"]


@pytest.fixture
def nobody_else(monkeypatch) -> Iterator[None]:
    """No other door hears of what changes, and nobody has pages marked yet."""
    monkeypatch.setattr(kept, "_marking", False)
    before = list(kept._listeners)
    yield
    kept._listeners[:] = before


@pytest.fixture(params=["in one process", "in Redis"] if settings.REDIS_URL else ["in one process"])
def door_of(request, monkeypatch):
    """Makes a door; what is outdated is told to it as where one process serves, or as where several do.

    Redis is well here, however late a busy machine lets it answer: a door that gave it up would make pages itself.
    """
    for module in (shared, several):
        monkeypatch.setattr(module, "PATIENCE", 10)
    return lambda inside: Door(inside, InRedis(settings.REDIS_URL) if request.param == "in Redis" else Here())
