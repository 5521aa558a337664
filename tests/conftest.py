"""The people and the rules of every test."""

import os
from collections.abc import Iterator

import pytest

from community import clock, limits

pytest_plugins = ["tests.database"]

REQUIRE_ALL = os.environ.get("REQUIRE_ALL") == "1"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo) -> Iterator[None]:
    """With REQUIRE_ALL=1 a test that cannot run here has failed: nothing is left out unnoticed."""
    report = yield
    if REQUIRE_ALL and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"Skipped although REQUIRE_ALL=1: {report.longrepr}"
    return report


@pytest.fixture(autouse=True)
def fresh_start() -> Iterator[None]:
    """Nobody inherits a moved clock or a spent rate limit."""
    yield
    clock.reset()
    limits.forget()
