"""What each set of settings promises, asked in a process of its own as an operator would start it."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PRODUCTION = {
    "SECRET_KEY": "fifty-characters-that-nobody-could-have-guessed-0123456789",
    "SITE_URL": "https://community.example",
    "ALLOWED_HOSTS": "community.example",
    "DATABASE_URL": "postgres://forum:secret@database.example/forum",
    "REDIS_URL": "redis://redis.example:6379/0",
    "EMAIL_URL": "submission://forum:secret@mail.example:587",
    "MAIL_FROM": "Relay Community <community@community.example>",
    "MEDIA_DIR": "/srv/forum/media",
}
DEMO_ADDRESS = """
import django
django.setup()
from django.conf import settings
from django.urls import get_resolver

def addresses(patterns, above=""):
    for pattern in patterns:
        yield above + str(pattern.pattern)
        yield from addresses(getattr(pattern, "url_patterns", []), above + str(pattern.pattern))

print(settings.DEMO_SIGN_IN, any("demo" in address for address in addresses(get_resolver().url_patterns)))
"""
LOADED = """
import forum.asgi
import sys

print("redis" in sys.modules)
"""


def python(*arguments: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    inherited = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=inherited | environment, capture_output=True, text=True
    )


def in_production(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return python(
        *arguments, environment=PRODUCTION | {"DJANGO_SETTINGS_MODULE": "forum.settings.production"} | environment
    )


def test_production_passes_every_deployment_check():
    checked = in_production("manage.py", "check", "--deploy", "--fail-level", "INFO")

    assert checked.returncode == 0, checked.stderr


@pytest.mark.parametrize("name", PRODUCTION)
def test_production_refuses_to_start_without(name):
    refused = in_production("manage.py", "check", **{name: ""})

    assert refused.returncode != 0
    assert f"(see .env.sample): {name}\n" in refused.stderr


def test_production_names_everything_that_is_missing_at_once():
    refused = python("manage.py", "check", environment={"DJANGO_SETTINGS_MODULE": "forum.settings.production"})

    assert refused.returncode != 0
    for name in PRODUCTION:
        assert name in refused.stderr


def test_production_has_no_demo_door_whatever_the_environment_says():
    told = in_production("-c", DEMO_ADDRESS, DEMO_SIGN_IN="1")

    assert told.stdout.split() == ["False", "False"], told.stderr


def test_the_demo_door_is_open_in_the_embedded_default(tmp_path):
    told = python(
        "-c", DEMO_ADDRESS, environment={"DJANGO_SETTINGS_MODULE": "forum.settings.embedded", "DATA_DIR": str(tmp_path)}
    )

    assert told.stdout.split() == ["True", "True"], told.stderr


def test_the_embedded_default_keeps_one_secret_that_only_its_owner_reads(tmp_path):
    environment = {"DJANGO_SETTINGS_MODULE": "forum.settings.embedded", "DATA_DIR": str(tmp_path)}
    ask = ("-c", "from django.conf import settings; print(settings.DEBUG, settings.SECRET_KEY)")

    first, second = python(*ask, environment=environment), python(*ask, environment=environment)

    debug, secret = first.stdout.split()
    assert (debug, len(secret) >= 50) == ("False", True)
    assert second.stdout == first.stdout
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600


def test_a_process_alone_does_not_load_what_speaks_to_others(tmp_path):
    environment = {"DJANGO_SETTINGS_MODULE": "forum.settings.embedded", "DATA_DIR": str(tmp_path)}

    loaded = python("-c", LOADED, environment=environment)

    assert loaded.stdout.split() == ["False"], loaded.stderr


def test_every_variable_the_settings_read_is_explained_in_the_sample():
    read = set(PRODUCTION)
    for path in (ROOT / "forum/settings").glob("*.py"):
        read |= set(re.findall(r"env(?:\.\w+)?\(\s*\"([A-Z_]+)\"", path.read_text()))
    explained = set(re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.sample").read_text(), re.MULTILINE))

    assert explained == read


def test_a_proxy_is_believed_only_where_there_is_one():
    told = "settings.SECURE_PROXY_SSL_HEADER, settings.TRUSTED_PROXY_COUNT"
    ask = ("-c", f"from django.conf import settings; print({told})")

    assert in_production(*ask).stdout.strip() == "('HTTP_X_FORWARDED_PROTO', 'https') 1"
    assert in_production(*ask, TRUSTED_PROXY_COUNT="0").stdout.strip() == "None 0"
