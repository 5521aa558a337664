"""Two questions of an orchestrator: is the process alive, and can it do its work?

/health/live     200 as long as the process answers
/health/ready    200 or 503, with JSON that says "ok" or "failed" for each part; without the cache we can work
"""

from collections.abc import Callable

from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.crypto import get_random_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from community import shared


class ProbeMiddleware:
    """First in line: a probe asks by an address of the inside, without TLS and without a session."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.probes = {"/health/live": live, "/health/ready": ready}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.probes.get(request.path_info, self.get_response)(request)


@never_cache
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    return HttpResponse("alive\n", content_type="text/plain")


@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Says no more than which part failed: anyone may ask."""
    parts = {"database": works(database_is_up_to_date), "cache": works(cache_remembers)}
    return JsonResponse(parts, status=200 if parts["database"] == "ok" else 503)


def works(part: Callable[[], bool]) -> str:
    try:
        return "ok" if part() else "failed"
    except Exception:
        return "failed"


def database_is_up_to_date() -> bool:
    """True once the database answers and has every table this version needs."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def cache_remembers() -> bool:
    word = get_random_string(12)
    cache.set(f"health:{word}", word, timeout=10)
    return cache.get(f"health:{word}") == word and not shared.line.is_down
