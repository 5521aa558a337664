"""Writes down who came in, who left, and that somebody tried: by number and address, never what was typed."""

import logging
from typing import Any

from django.http import HttpRequest

from community import limits

logger = logging.getLogger("forum.sign_ins")


def came_in(sender: Any, request: HttpRequest | None, user: Any, **kwargs: Any) -> None:
    tell("signed in", request, user)


def left(sender: Any, request: HttpRequest | None, user: Any, **kwargs: Any) -> None:
    tell("signed out", request, user)


def was_refused(sender: Any, request: HttpRequest | None = None, **kwargs: Any) -> None:
    tell("sign-in refused", request, None)


def tell(what: str, request: HttpRequest | None, member: Any) -> None:
    address = limits.address(request) if request is not None and "REMOTE_ADDR" in request.META else None
    logger.info(what, extra={"member": member.pk if member else None, "address": address})
