"""Two questions of an orchestrator: is the process alive, and can it do its work?"""

from collections.abc import Callable

from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.crypto import get_random_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@never_cache
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    return HttpResponse("alive\n", content_type="text/plain")


@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """JSON of each part with "ok" or "failed"; 503 when one failed. Says no more: anyone may ask."""
    parts = {"database": works(database_answers), "cache": works(cache_remembers)}
    failed = "failed" in parts.values()
    return JsonResponse(parts, status=503 if failed else 200)


def works(part: Callable[[], bool]) -> str:
    try:
        return "ok" if part() else "failed"
    except Exception:
        return "failed"


def database_answers() -> bool:
    """True once the database answers and has every table this version needs."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def cache_remembers() -> bool:
    word = get_random_string(12)
    cache.set("health", word, timeout=10)
    return cache.get("health") is not None
