from typing import Any

from django_tasks_db.management.commands import db_worker

from forum.working import Worker


class Command(db_worker.Command):
    def handle(self, **options: Any) -> None:  # type: ignore[override]
        # The only place where the library's command says who works.
        db_worker.Worker = Worker  # type: ignore[misc]
        super().handle(**options)
