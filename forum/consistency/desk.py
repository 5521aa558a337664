"""What the desk shows of a thread, held against what was promised, needed and said in it."""

from collections.abc import Iterator

from django.db.models import F, OuterRef, Q, Subquery

from community.desk.actions.settling import ENDED
from community.desk.models import Deadline, Handling, Promise
from community.desk.queues import queue_of
from community.threads.models import Genre, Outlook, PromiseStands, Thread


def shown_promises() -> Iterator[str]:
    """The page speaks of the newest promise that no other took the place of."""
    newest = Promise.objects.filter(thread=OuterRef("thread")).exclude(stands=PromiseStands.MOVED).newest_first()
    shown = Promise.objects.filter(pk=Subquery(newest.values("pk")[:1])).select_related("thread__outlook")
    for promise in shown.iterator(chunk_size=500):
        outlook = getattr(promise.thread, "outlook", None)
        says = (outlook.promise_stands, outlook.promise_until) if outlook else ("", None)
        if says != (promise.stands, promise.until):
            yield f"thread {promise.thread_id}: the promise shown is {says[0] or 'none'}, it is {promise.stands}"
    unfounded = Outlook.objects.exclude(promise_stands="").exclude(thread__promises__isnull=False)
    for thread_id in unfounded.values_list("pk", flat=True):
        yield f"thread {thread_id}: a promise is shown and none was made"


def shown_deadlines() -> Iterator[str]:
    differs = ~Q(thread__outlook__deadline_at=F("at")) | ~Q(thread__outlook__deadline_stands=F("stands"))
    wrong = Deadline.objects.counting().filter(differs | Q(thread__outlook=None))
    for thread_id in wrong.values_list("thread_id", flat=True):
        yield f"thread {thread_id}: the deadline shown is not the one that was stated"


def queues() -> Iterator[str]:
    for row in Handling.objects.select_related("thread").iterator(chunk_size=500):
        queue = queue_of(row.thread)
        if row.queue != queue:
            yield f"thread {row.thread_id}: it stands in the queue {row.queue or 'none'}, its turn is {queue or 'none'}"
    unseen = Thread.objects.filter(handling=None, genre=Genre.QUESTION).exclude(state__in=ENDED)
    for thread in unseen.iterator(chunk_size=500):
        if queue := queue_of(thread):
            yield f"thread {thread.pk}: it stands in no queue, its turn is {queue}"


CHECKS = (shown_promises, shown_deadlines, queues)
