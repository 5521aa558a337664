"""A worker that shows it is alive, and takes over what a dead one had begun.

The library marks a task as running and leaves it so for ever when its worker is killed. Here a worker at work says so
every few seconds; what has not been heard of for as long as a lease goes back into the queue. Tasks ask before they
act, so that twice does no harm. A task whose workers always die is parked with the failed ones.

What the mail server would not take now is tried again for days, and a letter that has left is forgotten. What a
migration came across goes back too (forum/plans.py).

Where the queue is long, several calls of one task are done at once, if somebody has said how
(community/errands.py): to take a task and to write down that it is done costs more than most of them do.
"""

import logging
import threading
from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import OperationalError, connections, transaction
from django.db.models.functions import Now
from django.tasks import TaskResultStatus
from django.tasks.signals import task_finished, task_started
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult

from community import clock
from community.errands import TOGETHER
from community.letters import AGAIN_WITHIN, TRIED_FOR, Away, NotNow, deliver
from forum.plans import Outdated

logger = logging.getLogger(__name__)

ALL_QUEUES: dict[str, Any] = {
    "queue_names": ["*"],
    "excluded_queue_names": [],
    "backend_name": "default",
    "interval": 0.5,
    "batch": False,
    "startup_delay": False,
    "max_tasks": None,
}
LEASE = 60.0  # seconds
SIGNS_IN_A_LEASE = 6
MOST_TRIES = 5
# A letter that could not leave waits at least so long, however soon it failed.
AGAIN_AFTER = timedelta(minutes=1)
NOT_NOW = {f"{error.__module__}.{error.__qualname__}" for error in (NotNow, Away, Outdated)}
# So many are done at once, of the next in the queue: few enough that one second is enough for them.
AT_ONCE, LOOKED_AT = 25, 100


class Worker(db_worker.Worker):
    """Of all queues, looking for work each half second, as long as nothing else is said."""

    def __init__(self, *, lease: float = LEASE, **options: Any) -> None:
        super().__init__(**ALL_QUEUES | options)
        self.lease = lease
        self.at_work_on: list[UUID] = []

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
        tasks = [db_task_result]
        self.at_work_on = [db_task_result.pk]
        try:
            tasks += self.taken_with(db_task_result)
            self.at_work_on = [task.pk for task in tasks]
            if len(tasks) == 1 or not self.do_at_once(tasks):
                for task in tasks:
                    self.do_alone(task)
        finally:
            self.at_work_on = []

    def do_alone(self, task: DBTaskResult) -> None:
        super().run_task(task)
        if task.exception_class_path in NOT_NOW:
            put_off(task)
        elif task.status == TaskResultStatus.SUCCESSFUL and task.task_path == deliver.module_path:
            forget_words(task)

    def taken_with(self, task: DBTaskResult) -> list[DBTaskResult]:
        """The next in the queue that are calls of the same task, where many are done at once.

        What was begun before goes alone: its worker may have died of it, and is not to take others along.
        """
        if task.task_path not in TOGETHER or len(task.worker_ids) > 1 or not has_one_value(task):
            return []
        queue = DBTaskResult.objects.ready().filter(queue_name=task.queue_name, backend_name=task.backend_name)
        like_it = queue.filter(pk__in=queue.values("pk")[:LOOKED_AT], task_path=task.task_path, worker_ids=[])
        try:
            with transaction.atomic():
                found = list(like_it.select_for_update(skip_locked=True)[: AT_ONCE - 1])
                taken = [each for each in found if has_one_value(each)]
                if taken:
                    told = {"status": TaskResultStatus.RUNNING, "started_at": clock.now()}
                    told["worker_ids"] = [self.worker_id]
                    write_down(taken, **told)
        except OperationalError:
            # They are done one after the other then.
            return []
        return taken

    def do_at_once(self, tasks: Sequence[DBTaskResult]) -> bool:
        """False where it failed: then each is to be done alone, so that none is kept by another."""
        all_of_them, backend = TOGETHER[tasks[0].task_path], tasks[0].task.get_backend()
        for task in tasks:
            task_started.send(sender=backend, task_result=task.task_result)
        try:
            all_of_them([task.args_kwargs["args"][0] for task in tasks])
        except Exception:
            logger.exception("%s could not be done %s at once; each is done alone", tasks[0].task_path, len(tasks))
            return False
        write_down(tasks, status=TaskResultStatus.SUCCESSFUL, finished_at=clock.now())
        for task in tasks:
            task_finished.send(sender=backend, task_result=task.task_result)
        self._run_tasks += len(tasks)
        return True

    def look_after(self, ended: threading.Event) -> None:
        while not ended.wait(self.lease / SIGNS_IN_A_LEASE):
            try:
                show_life(self.at_work_on)
                take_over(self.lease)
            except Exception:
                logger.exception("The leases of tasks could not be looked after; soon again")
            finally:
                connections.close_all()


def has_one_value(task: DBTaskResult) -> bool:
    return len(task.args_kwargs["args"]) == 1 and not task.args_kwargs["kwargs"]


def write_down(tasks: Sequence[DBTaskResult], **told: Any) -> None:
    DBTaskResult.objects.filter(pk__in=[task.pk for task in tasks]).update(**told)
    for task in tasks:
        vars(task).update(told)


def show_life(task_ids: Sequence[UUID]) -> None:
    """By the clock of the database: those of several machines differ."""
    if task_ids:
        DBTaskResult.objects.running().filter(pk__in=task_ids).update(started_at=Now())


def put_off(task: DBTaskResult) -> None:
    """Back into the queue for later; after days it stays with the failed ones, for whoever looks after the forum."""
    at = clock.now()
    taken = at - task.enqueued_at
    if taken < TRIED_FOR:
        after = at + min(max(taken, AGAIN_AFTER), AGAIN_WITHIN)
        # Nobody died of it.
        again = {"status": TaskResultStatus.READY, "run_after": after, "finished_at": None, "worker_ids": []}
        DBTaskResult.objects.failed().filter(pk=task.pk).update(**again)
        logger.warning("Task %s waits until %s: %s", task.pk, after, task.exception_class_path)


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
