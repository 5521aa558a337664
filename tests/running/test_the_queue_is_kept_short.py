from datetime import timedelta

import pytest
from django_tasks_db.models import DBTaskResult

from community import clock
from forum.tasks import forget_what_is_done


@pytest.mark.django_db
def test_what_was_done_leaves_after_two_days_what_failed_after_a_month(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    for status, days in [("SUCCESSFUL", 1), ("SUCCESSFUL", 3), ("FAILED", 3), ("FAILED", 31), ("READY", 40)]:
        DBTaskResult.objects.create(
            task_path=f"{status} {days}", status=status, args_kwargs={}, backend_name="default", run_after=clock.now(),
            finished_at=None if status == "READY" else clock.now() - timedelta(days=days),
            exception_class_path="", traceback="",
        )  # fmt: skip

    forget_what_is_done.func()

    kept = DBTaskResult.objects.values_list("task_path", flat=True)
    assert set(kept) == {"SUCCESSFUL 1", "FAILED 3", "READY 40"}
