"""A forum that is served, a browser, and the people of the demo, each in a browser context of their own."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browsers import CHROMIUM, NOT_FOUND, QUIET
from tests.journeys.line import Line
from tests.journeys.serving import collected_static, serve
from tests.server import Server
from tests.sights.eyes import PATIENCE


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.journey)
            item.add_marker(pytest.mark.heavy)
            if not CHROMIUM:
                item.add_marker(pytest.mark.skip(reason=NOT_FOUND))


@pytest.fixture(scope="package")
def served(tmp_path_factory, pytestconfig: pytest.Config, as_migrated: Path | str | None) -> Iterator[Server]:
    static = collected_static(Path(pytestconfig.cache.mkdir("static")))
    with serve(data=tmp_path_factory.mktemp("forum"), static=static, migrated=as_migrated) as server:
        yield server


@pytest.fixture(scope="package")
def forum(served: Server) -> str:
    """The address of the forum."""
    return served.url


@pytest.fixture(scope="package")
def browser() -> Iterator[Any]:
    """Not for longer than these tests: while it is there, nothing else in this process can run an event loop."""
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield chromium
        chromium.close()


@pytest.fixture(scope="package")
def signed_in() -> dict[str, Any]:
    """What the browsers of those keep who came in before: one press on the demo's door each is enough."""
    return {}


@pytest.fixture
def coming(browser, forum: str, signed_in: dict[str, Any]) -> Iterator[Callable]:
    """`coming("tallow")`: somebody at a new browser, signed in; `coming()`: a visitor.

    Whatever the browser complains of on any of their pages fails the journey. The worker of the pages stays out, except
    where a journey is about it: `coming("tallow", service_workers="allow")`, which comes by a line of its own.
    """
    from tests.journeys.people import Person

    here: list[Person] = []

    def come(handle: str | None = None, **options: Any) -> Person:
        usual = {"viewport": {"width": 1100, "height": 800}, "locale": "en-GB", "storage_state": signed_in.get(handle)}
        usual["service_workers"] = "block"
        line = Line(forum) if options.get("service_workers") == "allow" else None
        context = browser.new_context(base_url=line.url if line else forum, **usual | options)
        context.set_default_timeout(PATIENCE)
        person = Person(context=context, page=context.new_page(), line=line)
        here.append(person)
        if handle and handle not in signed_in:
            person.sign_in(handle)
            signed_in[handle] = context.storage_state()
        return person

    yield come
    complaints = [complaint for person in here for complaint in person.complaints]
    for person in here:
        person.context.close()
        if person.line:
            person.line.close()
    assert not complaints, "\n".join(complaints)


@pytest.fixture
def visitor(coming):
    return coming()


@pytest.fixture
def customer(coming):
    return coming("fenwick-it")


@pytest.fixture
def second_customer(coming):
    return coming("harbour-dental")


@pytest.fixture
def peer(coming):
    return coming("tallow")


@pytest.fixture
def moderator(coming):
    return coming("osier")


@pytest.fixture
def agent(coming):
    return coming("desk-2")
