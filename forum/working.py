"""A worker that shows it is alive, and takes over what a dead one had begun.

The library marks a task as running and leaves it so for ever when its worker is killed. Here a worker at work says so
every few seconds; what has not been heard of for as long as a lease goes back into the queue. Tasks ask before they
act, so that twice does no harm. A task whose workers always die is parked with the failed ones.

What the mail server would not take now is tried again for days, and a letter that has left is forgotten.
"""

import logging
import threading
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import connections
from django.db.models.functions import Now
from django.tasks import TaskResultStatus
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult

from community import clock
from community.letters import Away, NotNow, deliver

logger = logging.getLogger(__name__)

LEASE = 60.0  # seconds
SIGNS_IN_A_LEASE = 6
MOST_TRIES = 5
# Each time after as long as it has taken so far, within these two, until it is given up.
AGAIN_AFTER, AGAIN_WITHIN = timedelta(minutes=1), timedelta(hours=1)
TRIED_FOR = timedelta(days=2)
NOT_NOW = {f"{error.__module__}.{error.__qualname__}" for error in (NotNow, Away)}


class Worker(db_worker.Worker):
    def __init__(self, *, lease: float = LEASE, **options: Any) -> None:
        super().__init__(**options)
        self.lease = lease
        self.at_work_on: UUID | None = None

    def run(self) -> None:
        ended = threading.Event()
        looking = threading.Thread(target=self.look_after, args=(ended,), name="lease", daemon=True)
        looking.start()
        try:
            super().run()
        finally:
            ended.set()
            looking.join()

    def run_task(self, db_task_result: DBTaskResult) -> None:
        self.at_work_on = db_task_result.pk
        try:
            super().run_task(db_task_result)
        finally:
            self.at_work_on = None
        if db_task_result.exception_class_path in NOT_NOW:
            put_off(db_task_result)
        elif db_task_result.status == TaskResultStatus.SUCCESSFUL and db_task_result.task_path == deliver.module_path:
            forget_words(db_task_result)

    def look_after(self, ended: threading.Event) -> None:
        while not ended.wait(self.lease / SIGNS_IN_A_LEASE):
            try:
                show_life(self.at_work_on)
                take_over(self.lease)
            except Exception:
                logger.exception("The leases of tasks could not be looked after; soon again")
            finally:
                connections.close_all()


def show_life(task_id: UUID | None) -> None:
    """By the clock of the database: those of several machines differ."""
    if task_id:
        DBTaskResult.objects.running().filter(pk=task_id).update(started_at=Now())


def put_off(task: DBTaskResult) -> None:
    """Back into the queue for later; after days it stays with the failed ones, for whoever looks after the forum."""
    at = clock.now()
    taken = at - task.enqueued_at
    if taken < TRIED_FOR:
        after = at + min(max(taken, AGAIN_AFTER), AGAIN_WITHIN)
        # Nobody died of it.
        again = {"status": TaskResultStatus.READY, "run_after": after, "finished_at": None, "worker_ids": []}
        DBTaskResult.objects.failed().filter(pk=task.pk).update(**again)
        logger.warning("Task %s waits until %s for the mail server", task.pk, after)


def forget_words(task: DBTaskResult) -> None:
    """Whom it went to and what it said is nobody's any more."""
    DBTaskResult.objects.filter(pk=task.pk).update(args_kwargs={"args": [], "kwargs": {}})


def take_over(lease: float) -> None:
    for task in DBTaskResult.objects.running().filter(started_at__lt=Now() - timedelta(seconds=lease)):
        # Only as it was seen: another worker may have been here first.
        same = DBTaskResult.objects.running().filter(pk=task.pk, worker_ids=task.worker_ids)
        if len(task.worker_ids) < MOST_TRIES:
            if same.update(status=TaskResultStatus.READY):
                logger.warning("Task %s goes back into the queue: its worker is gone", task.pk)
        elif same.update(
            status=TaskResultStatus.FAILED,
            finished_at=clock.now(),
            exception_class_path="forum.working.Parked",
            traceback=f"{len(task.worker_ids)} workers died of it.",
        ):
            logger.error("Task %s (%s) is parked: every worker died of it", task.pk, task.task_path)


class Parked(Exception):
    """What stands in the place of an exception that nobody lived to write down."""
