"""How each part is that the forum consists of: the answer of /health/parts and of the page for administrators."""

import asyncio
import shutil
import time
from collections.abc import Callable
from datetime import timedelta
from importlib import import_module
from typing import Any

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from crontask import scheduler
from django.apps import apps
from django.conf import settings
from django.db.models import Max
from django.utils.module_loading import module_has_submodule
from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult

from community import clock
from forum.health import cache_remembers, database_is_up_to_date, works

# Most tasks are done within a second; one that waits so long has no worker.
WAITS_AT_MOST = timedelta(minutes=2)
# Something is scheduled for every minute.
SCHEDULED_WITHIN = timedelta(minutes=3)
ROOM = 500 * 2**20
CARRIED_WITHIN = 2.0
# Anyone may ask; so often we look.
KEPT_FOR = 5.0

_seen: tuple[float, dict[str, str]] = (0.0, {})


def all_parts() -> dict[str, str]:
    """ "ok" or "failed" for each, some seconds old at most."""
    global _seen
    if not _seen[1] or time.monotonic() - _seen[0] > KEPT_FOR:
        _seen = (time.monotonic(), {name: works(part) for name, (_words, part) in PARTS.items()})
    return _seen[1]


def forget() -> None:
    global _seen
    _seen = (0.0, {})


def channels_carry() -> bool:
    async def carried() -> bool:
        layer = get_channel_layer()
        channel = await layer.new_channel()
        async with asyncio.timeout(CARRIED_WITHIN):
            await layer.send(channel, {"type": "health"})
            return (await layer.receive(channel))["type"] == "health"

    return async_to_sync(carried)()


def worker_works() -> bool:
    late = clock.now() - WAITS_AT_MOST
    waiting = DBTaskResult.objects.ready()
    return not waiting.filter(enqueued_at__lt=late).exclude(run_after__range=(late, clock.now())).exists()


def scheduler_works() -> bool:
    since = clock.now() - SCHEDULED_WITHIN
    return DBTaskResult.objects.filter(task_path__in=scheduled(), enqueued_at__gte=since).exists()


def disk_has_room() -> bool:
    # The folder of uploads comes into being with the first one.
    folders = [folder for folder in (settings.DATA_DIR, settings.MEDIA_ROOT) if folder.exists()]
    return all(shutil.disk_usage(folder).free > ROOM for folder in folders)


PARTS: dict[str, tuple[Any, Callable[[], bool]]] = {
    "database": (_("Database"), database_is_up_to_date),
    "cache": (_("Cache"), cache_remembers),
    "channels": (_("Live channel"), channels_carry),
    "worker": (_("Task worker"), worker_works),
    "scheduler": (_("Scheduler"), scheduler_works),
    "disk": (_("Disk space"), disk_has_room),
}


def scheduled() -> dict[str, Any]:
    """The paths of all tasks that are done by the clock, with what says when."""
    for app in apps.get_app_configs():
        if app.name != "crontask" and app.module and module_has_submodule(app.module, "tasks"):
            import_module(f"{app.name}.tasks")
    jobs = scheduler.get_jobs()
    return {job.func.__self__.module_path: job.trigger for job in jobs if hasattr(job.func, "__self__")}


def last_runs() -> dict[str, Any]:
    """When each scheduled task was last done."""
    done = DBTaskResult.objects.filter(task_path__in=scheduled(), finished_at__isnull=False)
    return dict(done.values_list("task_path").annotate(last=Max("finished_at")).order_by())
