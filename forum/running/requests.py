"""Gives every request an id and notes it: one line in the log, one observation among the figures."""

import logging
import re
import time
import uuid
from collections.abc import Awaitable, Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from community import limits
from forum.running import figures, lines

logger = logging.getLogger("forum.requests")

ID = re.compile(r"[A-Za-z0-9-]{8,64}")
HEADER = "X-Request-ID"

type Send = Callable[[dict[str, Any]], Awaitable[None]]


def fitting(told: str) -> str:
    """The id that a proxy of ours gave; else, and where it is no plain word, a new one."""
    return told if settings.TRUSTED_PROXY_COUNT and ID.fullmatch(told) else uuid.uuid4().hex


class WithId:
    """An ASGI application around all others: also what Django never sees has an id of its own and is counted."""

    def __init__(self, inside: Callable[..., Awaitable[None]]) -> None:
        self.inside = inside

    async def __call__(self, scope: dict[str, Any], receive: Callable[[], Awaitable[Any]], send: Send) -> None:
        told = [value for name, value in scope.get("headers", ()) if name == HEADER.lower().encode()]
        request_id = fitting(told[0].decode("latin-1") if len(told) == 1 else "")
        scope = scope | {"request_id": request_id, "entered": (entered := [])}
        lines.work.set(request_id)
        header = (HEADER.encode(), request_id.encode())

        async def with_id(message: dict[str, Any]) -> None:
            if message["type"] == "http.response.start":
                message = message | {"headers": [*message["headers"], header]}
            await send(message)

        if scope["type"] != "http":
            await self.inside(scope, receive, send)
            return
        await self.inside(scope, receive, with_id)
        if not scope["path"].startswith(settings.STATIC_URL):
            figures.ANSWERS.labels("django" if entered else "door").inc()


class RequestMiddleware:
    """Around everything that Django does for a request, so that what it logs has the request's id."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        scope = getattr(request, "scope", {})
        if "entered" in scope:
            scope["entered"].append(True)
        request_id = scope.get("request_id") or fitting(request.headers.get(HEADER, ""))
        before = lines.work.set(request_id)
        began = time.perf_counter()
        try:
            response = self.get_response(request)
            note(request, response.status_code, time.perf_counter() - began)
        finally:
            lines.work.reset(before)
        if "request_id" not in scope:
            response[HEADER] = request_id
        return response


def note(request: HttpRequest, status: int, seconds: float) -> None:
    view = lines.view_of(request)
    figures.REQUESTS.labels(view, status).observe(seconds)
    if not logger.isEnabledFor(logging.INFO):
        return
    numbers = {name: value for name, value in (request.resolver_match or NoMatch).kwargs.items() if type(value) is int}
    # Whoever was not asked for while the page was made is not asked for by a line about it.
    member = getattr(request, "_cached_user", None)
    logger.info(
        "%s",
        "refused" if status in (401, 403, 404, 429) else "answered",
        extra={
            "view": view,
            "object": numbers or None,
            "method": request.method,
            "status": status,
            "milliseconds": round(seconds * 1000, 1),
            "member": member.pk if member else None,
            "address": limits.address(request),
        },
    )


class NoMatch:
    kwargs: dict[str, Any] = {}
