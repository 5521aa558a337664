"""The queue of tasks: how much waits, for how long, what failed. Asked when somebody looks, not for each page."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Count, Min
from django_tasks_db.models import DBTaskResult
from prometheus_client.core import GaugeMetricFamily

from community import clock


def waiting() -> list[dict[str, Any]]:
    """Of each task that is due: its path, how many, since when the oldest."""
    return list(
        DBTaskResult.objects.ready()
        .order_by("task_path")
        .values("task_path")
        .annotate(count=Count("id"), oldest=Min("enqueued_at"))
    )


def failed() -> list[dict[str, Any]]:
    """Of each task that failed and is still kept: its path and how many."""
    return list(DBTaskResult.objects.failed().order_by("task_path").values("task_path").annotate(count=Count("id")))


def age(oldest: datetime) -> float:
    return max(0.0, (clock.now() - oldest).total_seconds())


class Queue:
    """A collector of Prometheus' library."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        depth = GaugeMetricFamily("forum_tasks_waiting", "Tasks that are due", labels=["task"])
        oldest = GaugeMetricFamily("forum_tasks_oldest_seconds", "How long the oldest of them waits", labels=["task"])
        for row in waiting():
            depth.add_metric([row["task_path"]], row["count"])
            oldest.add_metric([row["task_path"]], age(row["oldest"]))
        wrong = GaugeMetricFamily("forum_tasks_failed", "Tasks that failed and are kept", labels=["task"])
        for row in failed():
            wrong.add_metric([row["task_path"]], row["count"])
        yield from (depth, oldest, wrong)
