"""Tasks that failed are run again, by whoever looks after the forum."""

import logging
from typing import Any
from uuid import UUID

from django.db import transaction
from django.tasks import TaskResultStatus
from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult

from community import clock
from community.people.policies import administers
from community.policy import ALLOWED, OutOfStep, Verdict, refused, require

logger = logging.getLogger(__name__)


def may_operate(reader: Any) -> Verdict:
    return ALLOWED if administers(reader) else refused(_("Only administrators see how the forum runs."))


@transaction.atomic
def run_again(*, by: Any, task_id: UUID | None = None) -> int:
    """Put this one back into the queue, or without `task_id` all that failed; how many it were.

    Tasks ask before they act, so that what was half done is not done twice.
    """
    require(may_operate(by))
    failed = DBTaskResult.objects.failed()
    if task_id:
        failed = failed.filter(pk=task_id)
    count = failed.update(
        status=TaskResultStatus.READY,
        enqueued_at=clock.now(),
        started_at=None,
        finished_at=None,
        worker_ids=[],
        exception_class_path="",
        traceback="",
    )
    if not count:
        raise OutOfStep(_("This is no longer among the tasks that failed. Somebody has run it again."))
    logger.info("failed tasks are run again", extra={"member": by.pk, "task": str(task_id or "all")})
    return count
