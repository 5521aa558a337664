"""The people and the rules of every test."""

import os
import signal
from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from cms import brand
from community import clock, limits
from community.people.models import Member, Role
from forum.catalogues import compile_newer
from tests import make

pytest_plugins = ["tests.database", "tests.deep_calls", "tests.faults", "tests.side_by_side"]

REQUIRE_ALL = os.environ.get("REQUIRE_ALL") == "1"


def pytest_configure() -> None:
    """What is tested are the words as they stand in the catalogues now."""
    compile_newer()
    # A shell that starts the tests in the background has them ignore Ctrl-C, and with them every server they start.
    if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


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
    """Nobody inherits a moved clock, a spent rate limit or another's brand; a process reads its brand once."""
    brand.hold(brand.plain())
    yield
    clock.reset()
    limits.forget()


@pytest.fixture
def customer() -> Member:
    return make.member("fenwick")


@pytest.fixture
def peer() -> Member:
    return make.member("tallow", helped_count=212, helped_before=212)


@pytest.fixture
def moderator() -> Member:
    return make.member("osier", role=Role.MODERATOR)


@pytest.fixture
def agent() -> Member:
    return make.member("desk-two", role=Role.AGENT)


@pytest.fixture
def visiting_as() -> Callable[[Member | None], Client]:
    """A browser in which this member is signed in; None for a visitor."""

    def visiting(member: Member | None) -> Client:
        client = Client()
        if member is not None:
            client.force_login(member)
        return client

    return visiting
