"""How often somebody may do something. Spend before acting; who has spent everything is told when to come back.

The counting is done by the `limits` library: in memory where one process serves everybody, in Redis where several do.
While Redis does not answer each process counts by itself, so that nobody is kept out and nobody guesses passwords.
"""

import math
import time
from collections.abc import Callable
from functools import cache, partial
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core.internal.ratelimit import truncate_ip
from django.conf import settings
from limits import parse_many
from limits.storage import storage_from_string
from limits.strategies import MovingWindowRateLimiter

from community import shared

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


class TooOften(Exception):
    """`retry_after`: whole seconds until the next try can succeed, at least 1."""

    def __init__(self, retry_after: int):
        self.retry_after = retry_after
        super().__init__(f"Too often; again in {retry_after} s")


def spend(action: str, who: str, rate: str) -> None:
    """Count one `action` by `who` against every part of `rate` ("3 per 1 minute; 30 per 1 day"). Raises TooOften."""
    if settings.RATE_LIMITS:
        shared.line.ask(
            partial(_spend, _limiter, action, who, rate), otherwise=partial(_spend, _own_limiter, action, who, rate)
        )


def _spend(limiter: Callable[[], MovingWindowRateLimiter], action: str, who: str, rate: str) -> None:
    for part in parse_many(rate):
        if not limiter().hit(part, action, who):
            free_at = limiter().get_window_stats(part, action, who).reset_time
            raise TooOften(max(1, math.ceil(free_at - time.time())))


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
    _own_limiter().storage.reset()


@cache
def _limiter() -> MovingWindowRateLimiter:
    if not settings.REDIS_URL:
        return _own_limiter()
    storage = storage_from_string(settings.REDIS_URL, wrap_exceptions=True, **shared.connection_options())
    return MovingWindowRateLimiter(storage)


@cache
def _own_limiter() -> MovingWindowRateLimiter:
    return MovingWindowRateLimiter(storage_from_string("memory://"))
