"""The people and the rules of every test."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from community import clock, limits

pytest_plugins = ["tests.database"]

HERE = Path(__file__).parent
REQUIRE_ALL = os.environ.get("REQUIRE_ALL") == "1"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo) -> Iterator[None]:
    """With REQUIRE_ALL=1 a test that cannot run here has failed: nothing is left out unnoticed."""
    report = yield
    if REQUIRE_ALL and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"Skipped although REQUIRE_ALL=1: {report.longrepr}"
    return report


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What drives a browser or a server of its own runs one after the other, whatever else runs beside it."""
    for item in items:
        if item.path.is_relative_to(HERE / "journeys") or item.get_closest_marker("heavy"):
            item.add_marker(pytest.mark.xdist_group("heavy"))


@pytest.fixture(autouse=True)
def fresh_start() -> Iterator[None]:
    """Nobody inherits a moved clock or a spent rate limit."""
    yield
    clock.reset()
    limits.forget()
