"""Who runs beside whom: what drives browsers or servers goes to one worker, one after the other.

Except what is steady: it only waits for what it asked for itself. What most tests are in comes first.
"""

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling


class HeavyTogether(LoadScopeScheduling):
    """A file is on its own with what it builds once, the heavy ones are one. Decided by files, because xdist's marks of
    groups are lost on the way when pytest is newer than it.
    """

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return "heavy" if is_heavy(self.config.rootpath / file) else file


@cache
def is_heavy(path: Path) -> bool:
    """Whether the file, or the conftest.py beside it, marks its tests as heavy."""
    if "mark.steady" in path.read_text():
        return False
    return any("mark.heavy" in each.read_text() for each in (path, path.with_name("conftest.py")) if each.exists())


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> HeavyTogether:
    return HeavyTogether(config, log)
