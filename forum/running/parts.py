"""How each part is that the forum consists of: the answer of /health/parts and of the page for administrators."""

import asyncio
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
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
from community.inbox.models import Notice
from community.tickets.models import Copy
from forum.health import cache_remembers, database_is_up_to_date, works

from .release import began_at

# Most tasks are done within a second; one that waits so long has no worker.
WAITS_AT_MOST = timedelta(minutes=2)
# Something is scheduled for every minute.
SCHEDULED_WITHIN = timedelta(minutes=3)
# Both try again by themselves; who is away for longer than that is not back in a moment.
MAILED_WITHIN = timedelta(minutes=15)
CARRIED_TO_TICKETS_WITHIN = timedelta(hours=1)
ROOM = 500 * 2**20
# What lay while the forum was off is done soon after it starts, and nobody is alarmed before.
TAKEN_UP_WITHIN = timedelta(minutes=2)
CARRIED_WITHIN = 2.0
# Anyone may ask; so often we look.
KEPT_FOR = 5.0

_seen: tuple[float, dict[str, str]] = (0.0, {})


@dataclass(frozen=True)
class Part:
    """`otherwise`: what somebody does about it while it does not work. `is_taken_up`: what waits says whether it works,
    and may have waited while nothing ran.
    """

    called: Any
    works: Callable[[], bool]
    otherwise: Any
    is_taken_up: bool = False


def all_parts() -> dict[str, str]:
    """ "ok" or "failed" for each, some seconds old at most."""
    global _seen
    if not _seen[1] or time.monotonic() - _seen[0] > KEPT_FOR:
        _seen = (time.monotonic(), {name: state_of(part) for name, part in PARTS.items()})
    return _seen[1]


def forget() -> None:
    global _seen
    _seen = (0.0, {})


def state_of(part: Part) -> str:
    if part.is_taken_up and clock.now() - began_at() < TAKEN_UP_WITHIN:
        return "ok"
    return works(part.works)


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


def mail_leaves() -> bool:
    return not Notice.objects.still_to_mail().filter(at__lt=clock.now() - MAILED_WITHIN).exists()


def tickets_hear() -> bool:
    return not Copy.objects.left_behind(clock.now() - CARRIED_TO_TICKETS_WITHIN).exists()


PARTS = {
    "database": Part(
        _("Database"),
        database_is_up_to_date,
        _("Tables of this release are missing. Run manage.py migrate."),
    ),
    "cache": Part(
        _("Cache"),
        cache_remembers,
        _("Pages go on without it, more slowly. See whether the server of REDIS_URL runs and answers."),
    ),
    "channels": Part(
        _("Live channel"),
        channels_carry,
        _("Open pages learn of changes some seconds late. See whether the server of REDIS_URL runs and answers."),
    ),
    "worker": Part(
        _("Task worker"),
        worker_works,
        _("A task has been due for more than two minutes. Start manage.py db_worker, or one more of them."),
        is_taken_up=True,
    ),
    "scheduler": Part(
        _("Scheduler"),
        scheduler_works,
        _("Nothing has been put into the queue by the clock for three minutes. Start manage.py crontask."),
        is_taken_up=True,
    ),
    "mail": Part(
        _("Mail"),
        mail_leaves,
        _(
            "Notices have waited for more than 15 minutes. See whether the task worker runs and the server of "
            "EMAIL_URL takes mail; what waits goes out by itself then, for two days."
        ),
        is_taken_up=True,
    ),
    "tickets": Part(
        _("Ticket systems"),
        tickets_hear,
        _(
            "Something has waited for more than an hour to be carried into a ticket. The list of linked tickets says "
            "why; it is tried again by itself."
        ),
        is_taken_up=True,
    ),
    "disk": Part(
        _("Disk space"),
        disk_has_room,
        _("Less than 500 MB are left. Make room in DATA_DIR and MEDIA_DIR before nothing can be written any more."),
    ),
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
