"""Every text of every table names somebody; once that person is erased, none does. New tables are among them."""

from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.core.files.base import ContentFile
from django.db import IntegrityError, connection, models, transaction
from django.tasks import default_task_backend

from community import clock
from community.people import actions
from community.people.models import Member
from community.search import entries
from community.threads.models import Attachment, Post
from tests import make
from tests.safety.stage import set_stage

pytestmark = pytest.mark.django_db

HANDLE, NAME, ADDRESSES = "qx7", "Quilla Zwerq", ("quilla@zwerq.example", "second@zwerq.example")
SAID = f"{NAME} (@{HANDLE}, /people/{HANDLE}/, {', '.join(ADDRESSES)}) was here."
TRACES = ("@qx7", "/qx7/", "zwerq", "quilla")
# Columns that hold no words of anybody, or in which words of somebody mean something else. Each with its reason.
HOLD_NOTHING = {
    "django_content_type": "names of our models",
    "auth_permission": "names of our models",
    "django_migrations": "names of our files",
    "django_session": "signed; those of the person are gone, whoever else's hold nothing of others",
}
# Texts that a constraint allows only where something was decided; where it was, they are written.
STAND_BESIDE = {
    "desk.Complaint.answer", "moderation.Case.outcome", "people.Member.silenced_because",
    "people.Member.suspended_because",
}  # fmt: skip
# Rows that only the libraries make, on pages of theirs, the one that the erasure makes, and codes of languages.
NOT_MADE = (
    "people.Erasure", "moderation.ApprovalRule", "auth.", "cms.", "wagtail", "taggit.", "django_tasks_database.",
    "account.EmailConfirmation", "mfa.",
)  # fmt: skip
# Columns that name somebody else than the person whom the row is about, because a constraint says so.
OF_SOMEBODY_ELSE = {"desk.Thanks.by"}


def texts_of(model) -> list:
    kinds = models.CharField | models.TextField | models.JSONField
    fields = [field for field in model._meta.local_concrete_fields if isinstance(field, kinds)]
    return [field for field in fields if not (field.choices or field.unique or field.primary_key)]


def ours():
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and model._meta.db_table not in HOLD_NOTHING:
            yield model


def one_of_everything(about: Member) -> list[str]:
    """A row of each table that the stage has left empty; the tables that still are."""
    # Once more for what points at a row that the first round has made.
    for _ in range(2):
        for model in empty_tables():
            leads_to = {
                field: pointed_at(field, about)
                for field in model._meta.local_concrete_fields
                if field.is_relation and not field.null
            }
            if None not in leads_to.values():
                model._base_manager.bulk_create([made_of(model, leads_to)])
    return [model._meta.label for model in empty_tables()]


def pointed_at(field, about: Member):
    if field.related_model is not Member:
        return field.related_model._base_manager.first()
    return make.member() if f"{field.model._meta.label}.{field.name}" in OF_SOMEBODY_ELSE else about


def empty_tables() -> list:
    tables = (model for model in ours() if texts_of(model) and not model._meta.label.startswith(NOT_MADE))
    return [model for model in tables if not model._base_manager.exists()]


def made_of(model, leads_to):
    row = model()
    for field in model._meta.local_concrete_fields:
        if field in leads_to:
            setattr(row, field.attname, leads_to[field].pk)
        elif field in texts_of(model) and not isinstance(field, models.JSONField):
            setattr(row, field.attname, "x")
        elif not (field.null or field.primary_key or field.has_default()):
            setattr(row, field.attname, plain(field))
    return row


def plain(field):
    if field.choices:
        # Two that follow each other differ, where a rule says that they do.
        return field.choices[field.creation_counter % len(field.choices)][0]
    at = clock.now()
    kinds = {"DateTimeField": at, "DateField": at.date(), "TimeField": at.time(), "UUIDField": uuid4()}
    kinds |= {"GenericIPAddressField": "127.0.0.1", "JSONField": [], "FileField": "x"}
    return kinds.get(field.get_internal_type(), "x" if isinstance(field, models.CharField) else 1)


def write_everywhere() -> set[str]:
    """Name the person in every text of every row, as far as it fits; the texts in which a constraint forbids it."""
    refused = set()
    for model in ours():
        for field in texts_of(model):
            longest = field.max_length or 10_000
            said = next(words for words in (SAID, f"By {ADDRESSES[0]}", f"@{HANDLE}", "") if len(words) + 4 <= longest)
            for pk in list(model._base_manager.order_by("pk").values_list("pk", flat=True)):
                words = f"{said} {pk}"[:longest]
                said_here = [words, {"by": words}] if isinstance(field, models.JSONField) else words
                try:
                    with transaction.atomic():
                        model._base_manager.filter(pk=pk).update(**{field.name: said_here})
                except IntegrityError:
                    refused.add(f"{model._meta.label}.{field.name}")
    return refused


def traces() -> list[str]:
    """Where the database still names the person: table and column."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table in HOLD_NOTHING:
                continue
            # Of whatever kind a column is, an index among them: its text.
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                for column, kept in zip(cursor.description, row, strict=True):
                    text = str(kept).lower()
                    found += [f"{table}.{column[0]}: {text}" for trace in TRACES if trace in text]
    return found


def work_off() -> None:
    while queued := list(default_task_backend.results):
        default_task_backend.clear()
        for result in queued:
            if result.task.module_path.endswith(("forget", "merge_segments")):
                result.task.call(*result.args, **result.kwargs)


def test_every_text_of_every_table_forgets_who_is_erased():
    stage, _product = set_stage(), make.product()
    gone = stage.people.asker
    default_task_backend.clear()
    assert one_of_everything(gone) == []
    refused = write_everywhere()
    Member.objects.filter(pk=gone.pk).update(handle=HANDLE, handle_key=HANDLE, name=NAME, email=ADDRESSES[0])
    for address in ADDRESSES:
        EmailAddress.objects.create(user=gone, email=address, verified=True)
    brought = {"uploader": gone, "size": 1, "created_at": stage.thread.created_at}
    Attachment.objects.create(**brought, name="quilla.txt", file=ContentFile(b"a", "quilla.txt"))
    entries.write(Post.objects.select_related("thread"))
    assert {trace for trace in TRACES if any(trace in line for line in traces())} == set(TRACES)
    gone.refresh_from_db()
    before = Post.objects.count()

    actions.erase(by=gone, member=gone)
    work_off()

    assert traces() == []
    assert not [name for name in Attachment.objects.values_list("file", flat=True) if "quilla" in name]
    assert Post.objects.count() == before
    assert refused == STAND_BESIDE
