"""The cache that several processes share. While it does not answer, each process has one of its own, or none."""

import threading
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.base import BaseCache
from django.core.cache.backends.dummy import DummyCache
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache, RedisCacheClient

from community import shared

CHANGES = ("add", "set", "touch", "delete", "incr", "set_many", "delete_many", "clear")
ASKS = ("get", "get_many", "has_key")
MOST_OWED = 10_000


class Owed:
    """Keys that we could not change while nobody answered. What Redis still holds under them is no longer true: it
    goes before anything is read again, or somebody who has signed out meanwhile would be signed in afterwards."""

    def __init__(self) -> None:
        self.keys: set[str] = set()
        self.lock = threading.Lock()

    def note(self, what: Any) -> None:
        with self.lock:
            self.keys.update([what] if isinstance(what, str) else what)

    def pay(self, client: RedisCacheClient) -> None:
        if not self.keys:
            return
        keys = self.keys.copy()
        if len(keys) > MOST_OWED:
            RedisCacheClient.clear(client)
        else:
            RedisCacheClient.delete_many(client, keys)
        with self.lock:
            self.keys -= keys


owed = Owed()


def with_patience(name: str) -> Callable[..., Any]:
    ask = getattr(RedisCacheClient, name)

    def method(self: "PatientClient", *args: Any) -> Any:
        def asked() -> Any:
            owed.pay(self)
            return ask(self, *args)

        def done_without() -> Any:
            if args and name in CHANGES:
                owed.note(args[0])
            return getattr(self.instead, name)(*args)

        return shared.line.ask(asked, otherwise=done_without)

    return method


class PatientClient(RedisCacheClient):
    def __init__(self, servers: list[str], *, instead: BaseCache, **options: Any) -> None:
        super().__init__(servers, **options)
        self.instead = instead


for name in (*CHANGES, *ASKS):
    setattr(PatientClient, name, with_patience(name))


class SharedCache(RedisCache):
    """`OWN_MEMORY` in the options: whether this process remembers by itself while Redis does not answer.

    Counters must: who guesses passwords is counted all the same. Sessions must not: nobody would tell this memory that
    somebody has signed out at another process; the database knows.
    """

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        own_memory = params.get("OPTIONS", {}).get("OWN_MEMORY", True)
        instead = LocMemCache("while Redis is away", {}) if own_memory else DummyCache("", {})
        self._class = PatientClient
        self._options: dict[str, Any] = {"instead": instead, **shared.connection_options()}
