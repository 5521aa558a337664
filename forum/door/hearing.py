"""What has changed is heard before a page is given, so that a page is never older than the question for it."""

from collections.abc import Callable
from typing import Protocol

from django.conf import settings

from community import kept


class News(Protocol):
    def listen(self, outdate: Callable[..., None]) -> None:
        """`outdate` is called with the marks of what has changed; without marks everything has."""

    async def catch_up(self) -> bool:
        """Everything that was committed before this call has been heard; False when nobody can say."""


class Here:
    """One process serves everybody: whoever changes something says so on the spot."""

    def listen(self, outdate: Callable[..., None]) -> None:
        kept.listen(outdate)

    async def catch_up(self) -> bool:
        return True


def news() -> News:
    if not settings.REDIS_URL:
        return Here()
    # What speaks to Redis takes 7 MiB, which a process alone does without.
    from .several import InRedis

    return InRedis(settings.REDIS_URL)
