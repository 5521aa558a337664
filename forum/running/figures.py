"""What is counted and timed of requests, tasks and the log. Counting asks nobody: no database, no Redis.

With PROMETHEUS_MULTIPROC_DIR the processes of a host count in files of one folder, and each can answer for all of them.
"""

import logging
import os
from pathlib import Path
from typing import Any

# The library chooses where it counts when it is imported, and wants the folder to be there.
if folder := os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
    Path(folder).mkdir(parents=True, exist_ok=True)

from prometheus_client import REGISTRY, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client import multiprocess as together

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)

REQUESTS = Histogram("forum_request_seconds", "Requests that Django answered", ("view", "status"), buckets=SECONDS)
ANSWERS = Counter("forum_answers", "Answers by who gave them: the door or Django", ("by",))
TASKS = Histogram("forum_task_seconds", "Tasks that a worker has done", ("task", "status"), buckets=SECONDS)
ERRORS = Counter("forum_errors", "Errors written to the log, also those after which work went on", ("by",))


class CountErrors(logging.Handler):
    """A handler that writes nothing: one line more of level ERROR or above."""

    def emit(self, record: logging.LogRecord) -> None:
        ERRORS.labels(record.name).inc()


def task_was_done(sender: Any, task_result: Any, **kwargs: Any) -> None:
    began, ended = task_result.started_at, task_result.finished_at
    if began and ended:
        TASKS.labels(task_result.task.module_path, task_result.status.lower()).observe((ended - began).total_seconds())


def counted() -> CollectorRegistry:
    """What this process has counted, or all of the host together."""
    if not os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        return REGISTRY
    forget_the_dead()
    registry = CollectorRegistry()
    together.MultiProcessCollector(registry)
    return registry


def written(*others: Any) -> bytes:
    """All figures in Prometheus' own format; `others` are collectors that ask only now, such as about the queue."""
    asked_now = CollectorRegistry()
    for each in others:
        asked_now.register(each)
    return generate_latest(counted()) + generate_latest(asked_now)


def forget_the_dead() -> None:
    """What a process had open is gone with it, also when it was killed and could not say so."""
    for file in Path(os.environ["PROMETHEUS_MULTIPROC_DIR"]).glob("gauge_live*.db"):
        process = int(file.stem.rpartition("_")[2])
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            together.mark_process_dead(process)
