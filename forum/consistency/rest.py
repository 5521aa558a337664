"""What lies beside the threads: tickets, what was taken over, and references between rows."""

from collections.abc import Iterator

from django.db import IntegrityError, connection
from django.db.models import Exists, F, OuterRef

from community.threads.models import ImportedThread, Thread
from community.tickets.models import TicketLink


def tickets() -> Iterator[str]:
    linked = Exists(TicketLink.objects.standing().filter(thread=OuterRef("pk")))
    for thread in Thread.objects.filter(linked, with_support_at=None).only("pk"):
        yield f"thread {thread.pk}: has a ticket and does not say so"
    for thread in Thread.objects.filter(~linked).exclude(with_support_at=None).only("pk"):
        yield f"thread {thread.pk}: says it is with support and has no ticket"


def imported_threads() -> Iterator[str]:
    halves = ImportedThread.objects.filter(post_count__gt=F("thread__post_count"))
    for row in halves.only("foreign_id", "thread_id"):
        yield f"thread {row.thread_id}: taken over from {row.foreign_id} and not whole"


def references() -> Iterator[str]:
    """Rows that point at rows which are gone; only SQLite lets that happen."""
    try:
        connection.check_constraints()
    except IntegrityError as error:
        yield str(error)


CHECKS = (tickets, imported_threads, references)
