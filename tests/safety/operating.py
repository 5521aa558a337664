"""The presses of whoever looks after the running forum."""

from django_tasks_db.models import DBTaskResult

from community import clock
from tests.safety.press import Press


def failed_task(*, path: str = "community.inbox.tasks.tell_of_post", trouble: str = "ValueError: so") -> DBTaskResult:
    return DBTaskResult.objects.create(
        task_path=path, status="FAILED", args_kwargs={"args": [1], "kwargs": {}}, backend_name="default",
        run_after=clock.now(), finished_at=clock.now(), exception_class_path="builtins.ValueError",
        traceback=f"Traceback (most recent call last):\n{trouble}\n", worker_ids=["gone"],
    )  # fmt: skip


def there_are_some(stage) -> list:
    failed_task()
    return []


OPERATING = [
    Press("run_again", "keeper", lambda stage: [failed_task().pk]),
    Press("run_all_again", "keeper", there_are_some),
]
