"""Three workers share one queue and are killed at their work: every task is done, and poison is parked."""

import multiprocessing
import os
import time
from collections import Counter

import pytest
from django.db import connections
from django.tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from forum.working import MOST_TRIES, Worker
from tests.concurrency.jobs import kill_the_worker, leave_a_file
from tests.concurrency.sizes import SOAK
from tests.server import PATIENCE

pytestmark = pytest.mark.django_db(transaction=True)

WORKERS = 3
TASKS = 60 * SOAK
KILLS = 10 * SOAK
LEASE = 1.0


def work(worker_id: str) -> None:
    os.environ.pop("PYTEST_CURRENT_TEST", None)
    Worker(lease=LEASE, interval=0.02, worker_id=worker_id).run()


def test_every_task_is_done_whoever_is_killed_and_poison_is_parked(queued, tmp_path, tally, dice):
    for number in range(TASKS):
        leave_a_file.enqueue(str(tmp_path), number)
    kill_the_worker.enqueue(str(tmp_path))
    processes = multiprocessing.get_context("fork")
    workers, kills = [], 0

    def start() -> None:
        # A child must not share a connection with us.
        connections.close_all()
        worker = processes.Process(target=work, args=(f"worker-{time.monotonic_ns()}",), daemon=True)
        worker.start()
        workers.append(worker)

    def unfinished() -> bool:
        return DBTaskResult.objects.exclude(status__in=(TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED)).exists()

    try:
        began = time.monotonic()
        while unfinished() and time.monotonic() < began + PATIENCE:
            for dead in [worker for worker in workers if not worker.is_alive()]:
                workers.remove(dead)
            while len(workers) < WORKERS:
                start()
            time.sleep(dice.uniform(0, 0.15))
            if kills < KILLS:
                dice.choice(workers).kill()
                kills += 1
    finally:
        for worker in workers:
            worker.kill()
            worker.join()

    assert not unfinished()
    assert {path.name for path in tmp_path.glob("done-*")} == {f"done-{number}" for number in range(TASKS)}
    parked = DBTaskResult.objects.failed().get()
    assert (parked.task_path, len(parked.worker_ids)) == ("tests.concurrency.jobs.kill_the_worker", MOST_TRIES)
    assert len((tmp_path / "poison").read_text().split()) == MOST_TRIES
    begun = Counter((tmp_path / "begun").read_text().split())
    again = sum(times - 1 for times in begun.values())
    # Only what was in the hands of one who died is begun twice: two workers never take the same.
    assert again <= kills
    assert DBTaskResult.objects.successful().count() == TASKS
    more = f"{TASKS} tasks by {WORKERS} workers, {again} begun again; poison parked after {MOST_TRIES}"
    tally("F17", kills=kills, lost=0, more=more)
