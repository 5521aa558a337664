"""Who runs beside whom: what drives browsers or servers goes to one worker, one after the other."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling


class HeavyTogether(LoadScopeScheduling):
    """Every test is on its own, except the heavy ones. Decided by files, because xdist's marks of groups are lost on
    the way when pytest is newer than it.
    """

    def _split_scope(self, nodeid: str) -> str:
        return "heavy" if is_heavy(self.config.rootpath / nodeid.partition("::")[0]) else nodeid


@cache
def is_heavy(path: Path) -> bool:
    """Whether the file, or the conftest.py beside it, marks its tests as heavy."""
    return any("mark.heavy" in each.read_text() for each in (path, path.with_name("conftest.py")) if each.exists())


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> HeavyTogether:
    return HeavyTogether(config, log)
