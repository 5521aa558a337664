"""The page for administrators: how each part is, what to do about it, what waits, what failed."""

import os
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django_tasks_db.models import DBTaskResult

from community import clock
from community.policy import require
from forum.copies.backup import last_backup
from forum.running import figures, parts, queue, release
from forum.running.again import may_operate, run_again

MOST_SHOWN = 50
LONGEST_REASON = 300


@never_cache
@login_required
@require_safe
def operation(request: HttpRequest) -> HttpResponse:
    require(may_operate(request.user))
    found = parts.all_parts()
    failed = DBTaskResult.objects.failed()
    context = {
        "parts": [(part, found[name] == "ok") for name, part in parts.PARTS.items()],
        "ill": [part.called for name, part in parts.PARTS.items() if found[name] != "ok"],
        "waiting": [(name_of(row["task_path"]), row["count"], row["oldest"]) for row in queue.waiting()],
        "failed": [
            (task, name_of(task.task_path), reason_of(task)) for task in failed.order_by("-finished_at")[:MOST_SHOWN]
        ],
        "failed_count": failed.count(),
        "jobs": jobs(),
        "runs": release.what_runs(),
        "since": release.began_at(),
        "is_whole_host": "PROMETHEUS_MULTIPROC_DIR" in os.environ,
        "has_redis": bool(settings.REDIS_URL),
        "backup_at": last_backup(),
        **counted(),
    }
    return render(request, "operation.html", context)


@login_required
@require_POST
def again(request: HttpRequest, key: UUID | None = None) -> HttpResponse:
    """The one task, or all that failed."""
    count = run_again(by=request.user, task_id=key)
    told = ngettext("It is in the queue again.", "All %(n)s are in the queue again.", count) % {"n": count}
    messages.success(request, told)
    return redirect("operation")


def name_of(path: str) -> str:
    """As short as the place and the task allow: desk.look_at_the_rota."""
    return path.removeprefix("community.").replace(".tasks.", ".")


def reason_of(task: DBTaskResult) -> str:
    """The last line says what went wrong; the lines before it where."""
    lines = task.traceback.strip().splitlines()
    return (lines[-1] if lines else task.exception_class_path)[:LONGEST_REASON]


def jobs() -> list[tuple[str, datetime | None, datetime | None]]:
    """What is done by the clock: when it was last done, and when it comes next."""
    last, now = parts.last_runs(), clock.now()
    return [
        (name_of(name), last.get(name), trigger.get_next_fire_time(None, now))
        for name, trigger in sorted(parts.scheduled().items())
    ]


def counted() -> dict[str, Any]:
    """Sockets that are open, and how many answers the door gave without Django."""
    found = figures.counted().get_sample_value
    door, django = (int(found("forum_answers_total", {"by": by}) or 0) for by in ("door", "django"))
    return {
        "sockets": int(found("forum_sockets") or 0),
        "answers": door + django,
        "by_door": door,
    }


urlpatterns = [
    path("operation/", operation, name="operation"),
    path("operation/again/", again, name="run_all_again"),
    path("operation/again/<uuid:key>/", again, name="run_again"),
]
