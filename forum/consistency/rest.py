"""What lies beside the threads: files, tickets, and references between rows."""

from collections.abc import Iterator

from django.apps import apps
from django.db import IntegrityError, connection
from django.db.models import Exists, F, FileField, OuterRef
from django.tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from community import clock
from community.desk.actions.clocks import read
from community.desk.models import Breach, Clock
from community.desk.running import facts_of
from community.search.catching_up import missing_posts, stale_entries
from community.search.tasks import index_post
from community.threads.actions.attaching_files import KEPT_UNPOSTED
from community.threads.attaching import addresses_in
from community.threads.models import Attachment, Draft, ImportedThread, Thread
from community.tickets.models import TicketLink


def files() -> Iterator[str]:
    """Every row that names a file has it: attachments, agreements, archives, pictures and documents of pages."""
    for model in apps.get_models():
        for field in (field for field in model._meta.local_concrete_fields if isinstance(field, FileField)):
            named = model._default_manager.exclude(**{field.name: ""}).exclude(**{field.name: None})
            for pk, name in named.order_by().values_list("pk", field.name).iterator():
                if not field.storage.exists(name):
                    yield f"{model._meta.verbose_name} {pk}: its file {name} is not there"


def owners_of_files() -> Iterator[str]:
    for attachment in Attachment.objects.exclude(post=None).exclude(post__author=F("uploader")).only("pk"):
        yield f"attachment {attachment.pk}: shown in a post by somebody else than who brought it"


def files_nobody_shows() -> Iterator[str]:
    """What neither a post nor a draft shows is swept away after a day; what is still there, the sweeper missed."""
    drafted = {
        key for draft in Draft.objects.filter(body__contains="/attachments/") for key in addresses_in(draft.body)
    }
    forgotten = Attachment.objects.filter(post=None, created_at__lt=clock.now() - 2 * KEPT_UNPOSTED)
    for attachment in forgotten.exclude(key__in=drafted).only("pk", "created_at"):
        yield f"attachment {attachment.pk}: shown by no post since {attachment.created_at:%Y-%m-%d}"


def tickets() -> Iterator[str]:
    linked = Exists(TicketLink.objects.standing().filter(thread=OuterRef("pk")))
    for thread in Thread.objects.filter(linked, with_support_at=None).only("pk"):
        yield f"thread {thread.pk}: has a ticket and does not say so"
    for thread in Thread.objects.filter(~linked).exclude(with_support_at=None).only("pk"):
        yield f"thread {thread.pk}: says it is with support and has no ticket"


def clocks() -> Iterator[str]:
    """A clock shows what the log of its thread says."""
    for row in Clock.objects.select_related("calendar", "thread").iterator():
        shown = (row.running_since, row.stopped_at, row.used, row.due_at)
        read(row, facts_of(row.thread))
        if shown != (row.running_since, row.stopped_at, row.used, row.due_at):
            yield f"thread {row.thread_id}: the {row.kind} clock does not show what its log says"
    late = Exists(Breach.objects.filter(thread=OuterRef("thread"), kind=OuterRef("kind")))
    for row in Clock.objects.filter(~late).exclude(breached_at=None):
        yield f"thread {row.thread_id}: the {row.kind} clock was late and nothing was recorded of it"


def imported_threads() -> Iterator[str]:
    halves = ImportedThread.objects.filter(post_count__gt=F("thread__post_count"))
    for row in halves.only("foreign_id", "thread_id"):
        yield f"thread {row.thread_id}: taken over from {row.foreign_id} and not whole"


def search_index() -> Iterator[str]:
    """The index has an entry for each post that can be read, unless the task for it still waits its turn."""
    for post in missing_posts().exclude(pk__in=waiting_to_be_indexed()).only("pk", "thread_id"):
        yield f"post {post.pk} of thread {post.thread_id}: is not in the index"
    for entry in stale_entries():
        if entry.post_id not in waiting_to_be_indexed():
            yield f"post {entry.post_id}: is in the index and cannot be read"


def waiting_to_be_indexed() -> set[int]:
    tasks = DBTaskResult.objects.filter(
        task_path=index_post.module_path, status__in=(TaskResultStatus.READY, TaskResultStatus.RUNNING)
    )
    return {post_id for task in tasks for post_id in task.args_kwargs["args"]}


def references() -> Iterator[str]:
    """Rows that point at rows which are gone; only SQLite lets that happen."""
    try:
        connection.check_constraints()
    except IntegrityError as error:
        yield str(error)


CHECKS = (files, owners_of_files, files_nobody_shows, tickets, clocks, imported_threads, search_index, references)
