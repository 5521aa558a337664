"""How often somebody may do something. Spend before acting; who has spent everything is told when to come back.

The counting is done by the `limits` library: in memory where one process serves everybody, in Redis where several do.
"""

import logging
import math
import time
from functools import cache
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core.internal.ratelimit import truncate_ip
from django.conf import settings
from limits import parse_many
from limits.errors import StorageError
from limits.storage import storage_from_string
from limits.strategies import MovingWindowRateLimiter

logger = logging.getLogger(__name__)

# What a person in a hurry never reaches and a script reaches at once.
ASKING = "3 per 1 minute; 30 per 1 day"
REPLYING = "12 per 1 minute; 300 per 1 day"
EDITING = "20 per 1 minute"
# Votes, follows, bookmarks, flags, drafts: one click or one pause in typing each.
CLICKING = "60 per 1 minute"
# A page tells how far somebody has read whenever the scrolling pauses.
READING = "120 per 1 minute"
UPLOADING = "20 per 1 minute; 200 per 1 day"
SEARCHING = "30 per 1 minute"
PREVIEWING = "60 per 1 minute"
# What is looked up while somebody writes: at most once in a quarter of a second, seldom longer than a minute on end.
TYPING = "120 per 1 minute"
ENTERING = "30 per 1 minute"
# A laptop that wakes up brings every tab's socket back at once.
CONNECTING = "60 per 1 minute"
SAYING = "60 per 10 second"

# A counter that does not answer must not make every page wait for it.
PATIENCE = 0.2


class TooOften(Exception):
    """`retry_after`: whole seconds until the next try can succeed, at least 1."""

    def __init__(self, retry_after: int):
        self.retry_after = retry_after
        super().__init__(f"Too often; again in {retry_after} s")


def spend(action: str, who: str, rate: str, *, when_blind: bool = True) -> None:
    """Count one `action` by `who` against every part of `rate` ("3 per 1 minute; 30 per 1 day").

    Raises TooOften. `when_blind` says whether the action goes ahead while the counter cannot be reached.
    """
    if not settings.RATE_LIMITS:
        return
    try:
        for part in parse_many(rate):
            if not _limiter().hit(part, action, who):
                free_at = _limiter().get_window_stats(part, action, who).reset_time
                raise TooOften(max(1, math.ceil(free_at - time.time())))
    except StorageError as error:
        logger.warning("Nobody counts %s: %s", action, error)
        if not when_blind:
            raise TooOften(60) from error


def client(request: Any) -> str:
    """Who is asking: the member, else the network address, so that one office is not one person once signed in."""
    if request.user.is_authenticated:
        return f"member:{request.user.pk}"
    return f"address:{address(request)}"


def address(request: Any) -> str:
    """The network address behind our own proxies; of an IPv6 address the part that belongs to one household."""
    return truncate_ip(get_adapter().get_client_ip(request))


def forget() -> None:
    """Everybody starts afresh. For tests."""
    _limiter().storage.reset()


@cache
def _limiter() -> MovingWindowRateLimiter:
    where, options = "memory://", {}
    if settings.REDIS_URL:
        where = settings.REDIS_URL
        options = {"socket_timeout": PATIENCE, "socket_connect_timeout": PATIENCE}
    return MovingWindowRateLimiter(storage_from_string(where, wrap_exceptions=True, **options))
