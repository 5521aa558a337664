"""What machines ask of a process.

/health/live     200 as long as the process answers
/health/ready    200 or 503, with JSON that says "ok" or "failed" for each part; without the cache we can work
/health/parts    the same of the whole forum, from worker to disk (parts.py); 503 if one of them failed
/metrics         figures for Prometheus, only for whoever METRICS_TOKEN or METRICS_FROM lets in; else there is nothing
"""

from collections.abc import Callable
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST

from forum.health import cache_remembers, database_is_up_to_date, works
from forum.running import figures
from forum.running.parts import all_parts
from forum.running.queue import Queue


class ProbeMiddleware:
    """First in line: a probe asks by an address of the inside, without TLS and without a session."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.probes = {"/health/live": live, "/health/ready": ready, "/health/parts": parts, "/metrics": metrics}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info == "/metrics" and not may_read_figures(request):
            return self.get_response(request)
        return self.probes.get(request.path_info, self.get_response)(request)


@never_cache
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    return HttpResponse("alive\n", content_type="text/plain")


@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Says no more than which part failed: anyone may ask."""
    found = {"database": works(database_is_up_to_date), "cache": works(cache_remembers)}
    return JsonResponse(found, status=200 if found["database"] == "ok" else 503)


@never_cache
@require_safe
def parts(request: HttpRequest) -> HttpResponse:
    """Bare words here too."""
    found = all_parts()
    return JsonResponse(found, status=503 if "failed" in found.values() else 200)


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    return HttpResponse(figures.written(Queue()), content_type=CONTENT_TYPE_LATEST)


def may_read_figures(request: HttpRequest) -> bool:
    """Whoever has the token, or asks the process itself from an inside network: what a proxy brings is not inside."""
    token = settings.METRICS_TOKEN
    if token and constant_time_compare(request.headers.get("Authorization", ""), f"Bearer {token}"):
        return True
    if "X-Forwarded-For" in request.headers:
        return False
    try:
        asking = ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return False
    return any(asking in ip_network(network) for network in settings.METRICS_FROM)
