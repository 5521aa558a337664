"""Whatever is sent along, a form changes what it asks for: with every field of every model added, it does the same."""

import re
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models, transaction
from django.test import Client
from django.urls import NoReverseMatch, reverse

from community import clock
from tests.safety.stage import PRESSES, Press, set_stage
from tests.safety.ways import MISSING, WAYS, named_addresses

pytestmark = pytest.mark.django_db

KEPT_BY = (
    "people",
    "organisations",
    "requests",
    "inbox",
    "threads",
    "spaces",
    "moderation",
    "tickets",
    "django_tasks_database",
    "desk",
    "account",
    "auth",
)
MORNING = datetime(2026, 5, 1, 9, tzinfo=UTC)
# Made up anew for each file, whoever brings it.
BY_CHANCE = {"key", "file", "mark"}
# Texts that name other rows by their numbers.
NAMING = {"path", "after", "moved"}
OTHERS = {
    "by", "user", "user_id", "pk", "id", "accepted", "pinned", "locked", "category", "trust_level", "groups",
    "user_permissions", "email_verified", "verified", "password", "is_official", "do_not_log", "_method", "csrf",
}  # fmt: skip


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker) -> Iterator[SimpleNamespace]:
    """Set once, at the hour of these tests; each of them undoes what it did."""
    with django_db_blocker.unblock(), transaction.atomic():
        clock.set_to(MORNING)
        yield set_stage()
        transaction.set_rollback(True)


def kept_models() -> list[type[models.Model]]:
    return [kind for app in KEPT_BY for kind in apps.get_app_config(app).get_models(include_auto_created=True)]


def forged() -> dict[str, str]:
    """A value for every field there is, one that would make a difference."""
    made = dict.fromkeys(OTHERS, "1")
    for kind in kept_models():
        for column in kind._meta.concrete_fields:
            value = "1"
            if column.choices:
                value = str(list(column.choices)[-1][0])
            elif isinstance(column, models.DateTimeField):
                value = "2001-01-01 00:00:00"
            elif isinstance(column, models.CharField | models.TextField):
                value = "forged"
            made |= {column.name: value, column.attname: value}
    return made


def every_row() -> dict[tuple[type[models.Model], Any], models.Model]:
    return {(kind, row.pk): row for kind in kept_models() for row in kind.objects.all()}


def told(row: models.Model, new: set[tuple[type[models.Model], Any]]) -> dict[str, Any]:
    """What a row says; a number that was given away only now is "new", also where an address or a decision names it."""
    said = {}
    for column in row._meta.concrete_fields:
        value = getattr(row, column.attname)
        of = column.related_model if column.is_relation else type(row) if column.primary_key else None
        said[column.name] = "new" if of is not None and (of, value) in new else value
        if column.name in NAMING and isinstance(value, str | dict) and (type(row), row.pk) in new:
            numbers = {str(number) for _kind, number in new}
            parts = re.split(r"(\d+)", str(value))
            said[column.name] = "".join("new" if part in numbers else part for part in parts)
    return {name: value for name, value in said.items() if name not in BY_CHANCE}


def changed_by(browser: Client, press: Press, stage, more: dict[str, str]) -> tuple[int, Counter]:
    """The status, and every row as it was changed; what is new is known by what it says and not by its number."""
    before, cookies = every_row(), deepcopy(browser.cookies)
    with transaction.atomic():
        answer = browser.post(press.address(stage), more | press.data(stage))
        after = every_row()
        transaction.set_rollback(True)
    # Whoever it signed out is signed in again, as every row is.
    browser.cookies = cookies
    new = after.keys() - before.keys()
    changes: Counter = Counter()
    for where in before.keys() | after.keys():
        was = told(before[where], set()) if where in before else None
        became = told(after[where], new) if where in after else None
        if was != became:
            changes[where[0]._meta.label, "new" if was is None else where[1], repr(became)] += 1
    return answer.status_code, changes


def browser_of(stage, who: str) -> Client:
    browser = Client()
    browser.force_login(getattr(stage.people, who))
    return browser


@pytest.fixture
def far_numbers(stage):
    """PostgreSQL gives no number out twice, so that rows of two presses differ; no new one is that of an old row."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT max(last_value) + 1000 FROM pg_sequences")
            far = cursor.fetchone()
            cursor.execute(
                "SELECT setval(format('%%I.%%I', schemaname, sequencename)::regclass, %s) FROM pg_sequences", far
            )


@pytest.mark.usefixtures("far_numbers")
@pytest.mark.parametrize("press", PRESSES, ids=lambda press: f"{press.name} {press.sends.get('because', '')}".strip())
def test_a_form_takes_nothing_it_did_not_ask_for(press, stage):
    clock.set_to(MORNING)
    if press.name == "moderation:unhide_post":
        type(stage.hidden).objects.filter(pk=stage.hidden.pk).update(hidden_at=clock.now(), hidden_because="So.")
    browser = browser_of(stage, press.who)

    plain = changed_by(browser, press, stage, {})
    with_more = changed_by(browser, press, stage, {k: v for k, v in forged().items() if k not in press.more})

    assert plain[0] < 400, "The test must press something that works."
    assert plain[1] or press.name == "threads:preview"
    assert with_more == plain


def test_every_form_is_pressed_here(stage):
    """Found by pressing: whatever does not say that it is only for reading takes something."""
    browser = browser_of(stage, "keeper")
    # No form: ticket systems call it, tests/tickets/test_calls_from_ticket_systems.py.
    only_reads = {"people:enter_pages", "tickets:hook", *(name for name, way in WAYS.items() if way.kind == "outside")}
    taking = set()
    for name in named_addresses() - only_reads:
        namespace, _, _rest = name.rpartition(":")
        if not namespace:
            continue
        way = WAYS[name]
        arguments = way.arguments(MISSING) if way.about else []
        for guess in (arguments, ["nobody"], [MISSING.pk], [MISSING.key]):
            try:
                address = reverse(name, args=guess)
            except NoReverseMatch:
                continue
            if browser.post(address).status_code != 405:
                taking.add(name)
            break

    assert taking - {press.name for press in PRESSES} == set()
