"""Work of tasks: done row by row, and not before its time."""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.tasks import Task

logger = logging.getLogger(__name__)

# By the path of a task: what does many calls of it at once.
TOGETHER: dict[str, Callable[[list[Any]], Any]] = {}


def together(task: Task) -> Callable[[Callable[[list[Any]], Any]], Callable[[list[Any]], Any]]:
    """Marks what does many calls of a task at once, which costs less than each by itself.

    It is handed what each was called with, in the order of the queue. Where it fails each is done alone, so it leaves
    nothing half done that must not be done again.
    """

    def mark(all_of_them: Callable[[list[Any]], Any]) -> Callable[[list[Any]], Any]:
        TOGETHER[task.module_path] = all_of_them
        return all_of_them

    return mark


def one_by_one(act: Callable[[int], Any], row_ids: Iterable[int], *, until: tuple[type[Exception], ...] = ()) -> None:
    """Do it for each; one that cannot be done is logged, and keeps no other waiting.

    Raises what is named in `until`: what stands in the way of one then stands in the way of all.
    """
    for row_id in row_ids:
        try:
            act(row_id)
        except until:
            raise
        except Exception:
            # Whatever broke it, the next row has nothing to do with it.
            logger.exception("%s(%s) could not be done", act.__name__, row_id)


def not_before(at: datetime, task: Task) -> Task:
    """The task, to be run then; at once where the queue knows no waiting, as in tests that run tasks in place."""
    return task.using(run_after=at) if task.get_backend().supports_defer else task
