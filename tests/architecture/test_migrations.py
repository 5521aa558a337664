"""Migrations that nobody waits for: old code runs beside them, and no large table is locked while it is gone through.

What a release needs no longer goes in the next one: first add, then fill, then remove. A migration that has to do it
otherwise gives its reason as `safe_because`. Up to the numbers below there was nobody to wait.
"""

import inspect
from collections.abc import Iterator

import pytest
from django.db import connection, migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from forum.migrating import AddIndexMeanwhile

# The last numbers of the first release.
FIRST_RELEASE = {
    "people": 6,
    "organisations": 3,
    "spaces": 1,
    "threads": 17,
    "moderation": 21,
    "tickets": 3,
    "desk": 12,
    "inbox": 19,
    "requests": 1,
    "cms": 5,
}
GONE = (migrations.RemoveField, migrations.DeleteModel, migrations.RenameField, migrations.RenameModel)
LOCKING = (migrations.AddConstraint, migrations.AlterUniqueTogether, migrations.RunSQL)


def faults_of(migration: migrations.Migration, before: ProjectState) -> Iterator[str]:
    """One sentence for each step that somebody would wait for. `before` is the state that it finds."""
    if len(getattr(migration, "safe_because", "")) > 20:
        return
    new: set[str] = set()
    for step in migration.operations:
        if isinstance(step, migrations.CreateModel):
            new.add(step.name_lower)
        elif getattr(step, "model_name_lower", "") not in new:
            yield from faults_of_step(step, migration, before)
        step.state_forwards(migration.app_label, before)


def faults_of_step(step: Operation, migration: migrations.Migration, before: ProjectState) -> Iterator[str]:
    if isinstance(step, GONE):
        yield f"{step.describe()}: the code of the last release still asks for it"
    elif isinstance(step, migrations.AddIndex) and not isinstance(step, AddIndexMeanwhile):
        yield f"{step.describe()}: nobody can write meanwhile; AddIndexMeanwhile lets them"
    elif isinstance(step, LOCKING):
        yield f"{step.describe()}: goes through the table under a lock"
    elif isinstance(step, migrations.AddField):
        yield from faults_of_field(step)
    elif isinstance(step, migrations.AlterField) and rewrites(step, migration.app_label, before):
        yield f"{step.describe()}: may write every row anew"
    elif isinstance(step, migrations.RunPython):
        if migration.atomic:
            yield f"{step.describe()}: `atomic = False`, so that its steps are short and it goes on after a kill"
        if not any(word in inspect.getsource(step.code) for word in ("batched", "iterator", "while")):
            yield f"{step.describe()}: goes through its rows in one piece"


def faults_of_field(step: migrations.AddField) -> Iterator[str]:
    field = step.field
    if field.many_to_many:
        return
    if not field.null and not field.has_db_default():
        yield f"{step.describe()}: rows that the old code writes have no value; give it a db_default"
    if field.unique or field.db_index:
        yield f"{step.describe()}: its index is made under a lock; db_index=False and AddIndexMeanwhile"


def rewrites(step: migrations.AlterField, app_label: str, before: ProjectState) -> bool:
    old = before.models[app_label, step.model_name_lower].fields[step.name]
    old.set_attributes_from_name(step.name)
    step.field.set_attributes_from_name(step.name)
    return bool(connection.schema_editor()._field_should_be_altered(old, step.field))


def test_what_comes_after_the_first_release_keeps_nobody_waiting():
    loader = MigrationLoader(None)
    found = []
    for (app, name), migration in sorted(loader.disk_migrations.items()):
        if app in FIRST_RELEASE and int(name[:4]) > FIRST_RELEASE[app]:
            before = loader.project_state((app, name), at_end=False)
            found += [f"{app}.{name}: {fault}" for fault in faults_of(migration, before)]

    assert found == []


def fill_all(apps, schema_editor):
    apps.get_model("threads", "Thread").objects.update(slug="")


def fill_in_steps(apps, schema_editor):
    while apps.get_model("threads", "Thread").objects.filter(slug="")[:500]:
        pass


INDEX = models.Index(fields=["slug"], name="threads_by_slug")
WRONG = {
    "still asks for it": migrations.RemoveField("thread", "slug"),
    "AddIndexMeanwhile lets them": migrations.AddIndex("thread", INDEX),
    "give it a db_default": migrations.AddField("thread", "mood", models.CharField(max_length=9, default="")),
    "made under a lock": migrations.AddField(
        "thread", "mood", models.CharField(max_length=9, null=True, db_index=True)
    ),
    "write every row anew": migrations.AlterField("thread", "slug", models.TextField()),
    "under a lock": migrations.AddConstraint("thread", models.UniqueConstraint(fields=["slug"], name="one_slug_each")),
    "atomic = False": migrations.RunPython(fill_in_steps),
    "in one piece": migrations.RunPython(fill_all),
}
RIGHT = [
    AddIndexMeanwhile("thread", INDEX),
    migrations.AddField("thread", "mood", models.CharField(max_length=9, db_default="")),
    migrations.AddField("thread", "felt_at", models.DateTimeField(null=True)),
    migrations.AlterField("thread", "slug", models.CharField(max_length=80, editable=True)),
    migrations.CreateModel("Mood", [("id", models.BigAutoField(primary_key=True)), ("word", models.TextField())]),
    migrations.AddIndex("mood", models.Index(fields=["word"], name="moods_by_word")),
]


@pytest.mark.parametrize(("fault", "step"), WRONG.items(), ids=WRONG)
def test_a_step_that_somebody_would_wait_for_is_named(fault, step):
    assert any(fault in said for said in faults_in([step]))


def test_what_nobody_waits_for_passes():
    assert faults_in(RIGHT) == []


def test_a_reason_may_be_given_instead():
    assert faults_in([WRONG["still asks for it"]], safe_because="The table has three rows, and nobody reads it.") == []


def faults_in(steps: list[Operation], **says) -> list[str]:
    migration = type("Migration", (migrations.Migration,), {"operations": steps} | says)("9999_test", "threads")
    return list(faults_of(migration, MigrationLoader(None).project_state()))
