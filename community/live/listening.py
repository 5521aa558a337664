"""Which streams anybody listens to, in any process: a frame that nobody would hear need not be made."""

from collections.abc import Iterable
from functools import cache, partial
from typing import TYPE_CHECKING

from django.conf import settings

from community import shared

from .postman import group_of

if TYPE_CHECKING:
    from redis import Redis


def everywhere(streams: Iterable[str]) -> set[str]:
    """Those of the streams that a process has subscribed to at the channel layer; all where that cannot be known."""
    asked = tuple(streams)
    if not asked or (found := layer()) is None:
        return set(asked)
    return shared.line.ask(partial(subscribed, asked, *found), otherwise=lambda: set(asked))


def subscribed(streams: tuple[str, ...], redis: "Redis", prefix: str) -> set[str]:
    counts = redis.pubsub_numsub(*(f"{prefix}__group__{group_of(stream)}" for stream in streams))
    return {stream for stream, (_, processes) in zip(streams, counts, strict=True) if processes}


def layer() -> "tuple[Redis, str] | None":
    """The server of the channel layer and how it calls its groups; none where it has several or is another one."""
    configured = settings.CHANNEL_LAYERS["default"]
    config = configured.get("CONFIG", {})
    if not configured["BACKEND"].endswith("RedisPubSubChannelLayer") or config.get("hosts") != [settings.REDIS_URL]:
        return None
    return connection(settings.REDIS_URL), config["prefix"]


@cache
def connection(url: str) -> "Redis":
    from redis import Redis

    return Redis.from_url(url, **shared.connection_options())
