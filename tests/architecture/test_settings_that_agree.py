"""What every start says of settings that contradict each other: in words that name what to set."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.checks import CheckMessage

from forum.checks import settings_agree
from forum.settings.environment import database, mailer
from tests.architecture.test_settings import in_production

POSTGRES = database("postgres://forum@localhost/forum") | {"OPTIONS": {"pool": {"max_size": 11}}}
BEHIND_TLS = {
    "SITE_URL": "https://community.example",
    "ALLOWED_HOSTS": ["community.example"],
    "SECURE_SSL_REDIRECT": True,
    "TRUSTED_PROXY_COUNT": 1,
    "MAILERS": {"default": mailer("smtp://mail.example")},
    "DEMO_SIGN_IN": False,
    "RATE_LIMITS": True,
    "SPAM_SIGNALS": True,
    "NEWCOMER_LIMITS": True,
    "REDIS_URL": "redis://redis.example",
    "PAGE_THREADS": 7,
}


@pytest.fixture
def said(settings, monkeypatch) -> Callable[..., list[CheckMessage]]:
    def told(**changed: Any) -> list[CheckMessage]:
        monkeypatch.setitem(settings.DATABASES, "default", POSTGRES)
        for name, value in (BEHIND_TLS | changed).items():
            setattr(settings, name, value)
        return settings_agree()

    return told


@pytest.mark.parametrize(("changed", "message", "words"), [
    ({}, None, None),
    ({"PAGE_THREADS": 8}, "forum.W001", "Set DATABASE_POOL to 12 or more"),
    ({"PAGE_THREADS": 0}, "forum.E001", "PAGE_THREADS is less than 1"),
    ({"REDIS_URL": ""}, "forum.W002", "Set REDIS_URL"),
    ({"SITE_URL": "https://community.example/"}, "forum.E002", "https://community.example"),
    ({"SITE_URL": "community.example"}, "forum.E002", "https://community.example"),
    ({"ALLOWED_HOSTS": ["other.example"]}, "forum.E003", "Add community.example to ALLOWED_HOSTS"),
    ({"SITE_URL": "http://community.example"}, "forum.E004", "Set SITE_URL to https://community.example"),
    ({"TRUSTED_PROXY_COUNT": 0}, "forum.W003", "1 for nginx alone"),
    ({"MAILERS": {"default": mailer("file:///srv/mail")}}, "forum.W004", "Set EMAIL_URL"),
    ({"DEBUG": True}, "forum.E005", "Leave DEVELOPING out"),
    ({"DEMO_SIGN_IN": True}, "forum.W005", "DEMO_SIGN_IN=0"),
    ({"RATE_LIMITS": False}, "forum.W006", "RATE_LIMITS off"),
    ({"METRICS_FROM": ["10.0.0.1/8"]}, "forum.E006", "10.0.0.0/8"),
])  # fmt: skip
def test_what_contradicts_is_named_with_what_to_set(said, changed, message, words):
    found = said(**changed)

    assert [each.id for each in found] == ([message] if message else [])
    assert all(words in f"{each.msg} {each.hint}" for each in found)


@pytest.mark.parametrize("url", ["http://127.0.0.1:8000", "http://localhost", "http://[::1]:8000"])
def test_on_ones_own_machine_the_demo_door_may_be_open(said, url):
    here = {"SITE_URL": url, "ALLOWED_HOSTS": ["127.0.0.1", "localhost", "[::1]"], "SECURE_SSL_REDIRECT": False}

    assert said(**here, DEMO_SIGN_IN=True, DEBUG=True, RATE_LIMITS=False) == []


def test_a_start_says_it_and_a_contradiction_that_would_lead_nowhere_ends_it():
    warned = in_production("manage.py", "check", DATABASE_POOL="8", PAGE_THREADS="8")
    refused = in_production("manage.py", "check", SITE_URL="http://community.example")

    assert (warned.returncode, "forum.W001" in warned.stderr) == (0, True)
    assert (refused.returncode, "forum.E004" in refused.stderr) == (1, True)
