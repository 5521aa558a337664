from collections.abc import Callable, Iterator
from importlib import reload
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.urls import clear_url_caches, set_urlconf

from community.events import Event
from community.people.models import Role
from tests import make

collect_ignore = []
if not settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    collect_ignore += ["test_no_word_stays_on_the_disk.py"]

PASSWORD = "correct horse battery staple"


@pytest.fixture(autouse=True)
def _clean_cache() -> Iterator[None]:
    yield
    cache.clear()


@pytest.fixture
def people(db: None) -> SimpleNamespace:
    """One of each role, by role."""
    return SimpleNamespace(**{role: make.member(handle=f"some-{role}q", role=role) for role in Role.values})


@pytest.fixture
def signed_in(client: Client) -> Callable:
    """Signs the test's browser in with a password, through the form."""

    def sign_in(login: str, password: str = PASSWORD, browser: Client = client):
        return browser.post("/accounts/login/", {"login": login, "password": password})

    return sign_in


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[Event]:
    """What the people's context announced."""
    announced: list[Event] = []
    for module in ("actions", "sessions", "adapters"):
        monkeypatch.setattr(f"community.people.{module}.publish", announced.append)
    monkeypatch.setattr("community.events.publish", announced.append)
    return announced


@pytest.fixture
def demo_is_open(settings) -> Iterator[None]:
    """The demo's door, as the embedded settings open it."""
    settings.DEMO_SIGN_IN = True
    settings.DEMO_PEOPLE = [("osier", "moderator"), ("tallow", "peer")]
    _read_urls_again()
    yield
    settings.DEMO_SIGN_IN = False
    _read_urls_again()


def _read_urls_again() -> None:
    import community.people.urls
    import forum.urls

    reload(community.people.urls)
    reload(forum.urls)
    clear_url_caches()
    set_urlconf(None)
