"""What other processes have changed: a line of a list in Redis each (telling.py), and a door asks for those it lacks.

That costs a twentieth of a millisecond, and requests that come while a question is under way share the next one; so
nothing is pushed, nothing can be missed, and no time is hoped for. A door keeps what it has on the word of one
connection: when that ends, or the last line known is no longer in the list, everything goes.
"""

import asyncio
import logging
import time
from collections.abc import Callable
from typing import Any

from redis.asyncio import ConnectionPool
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from community.shared import PATIENCE, connection_options

from .telling import LIST, new_line

logger = logging.getLogger(__name__)

# Seconds until a Redis that was silent is asked again; meanwhile visitors are answered inside.
AGAIN = 1.0
# Who lacks more lines than this begins anew.
MOST_LINES = 1000


class InRedis:
    """Several processes. Belongs to one event loop."""

    def __init__(self, url: str) -> None:
        self.pool = ConnectionPool.from_url(url, **connection_options() | {"retry": Retry(NoBackoff(), 0)})
        self.outdate: Callable[..., None] = lambda marks: None
        self.connection: Any = None
        self.last: Any = None
        self.silent_until = 0.0
        self.next: asyncio.Future[bool] | None = None
        self.asking: asyncio.Task[None] | None = None

    def listen(self, outdate: Callable[..., None]) -> None:
        self.outdate = outdate

    async def catch_up(self) -> bool:
        if self.connection is None and time.monotonic() < self.silent_until:
            return False
        if self.next is None:
            loop = asyncio.get_running_loop()
            self.next = loop.create_future()
            if self.asking is None:
                self.asking = loop.create_task(self.keep_asking())
        # Whoever leaves meanwhile takes the answer from nobody else.
        return await asyncio.shield(self.next)

    async def keep_asking(self) -> None:
        """One question at a time; who comes later than it was put needs the next one."""
        try:
            while (waiting := self.next) is not None:
                self.next = None
                waiting.set_result(await self.ask())
        finally:
            self.asking = None

    async def ask(self) -> bool:
        try:
            async with asyncio.timeout(PATIENCE):
                if self.connection is None:
                    await self.begin()
                await self.hear()
        except (RedisError, OSError, TimeoutError) as trouble:
            if time.monotonic() > self.silent_until + AGAIN:
                logger.warning("What others change cannot be heard, pages are made anew: %r", trouble)
            await self.give_up()
            return False
        return True

    async def begin(self) -> None:
        self.connection = self.pool.make_connection()
        await self.connection.connect()
        await self.enter()

    async def enter(self) -> None:
        """Whatever was kept is of no use; from here on nothing is missed, as our own line stands in the list."""
        self.outdate(())
        name, line = new_line("")
        self.last = [await self.say("XADD", *name, *line), list(map(str.encode, line))]

    async def hear(self) -> None:
        lines = await self.say("XRANGE", LIST, self.last[0], "+", "COUNT", MOST_LINES)
        if not lines or lines[0] != self.last or len(lines) == MOST_LINES:
            await self.enter()
            return
        for _number, line in lines[1:]:
            # name, value, name, value; the marks come first. A newcomer's line has none.
            if line[1]:
                self.outdate(line[1].decode().split())
        self.last = lines[-1]

    async def say(self, *command: Any) -> Any:
        await self.connection.send_command(*command)
        return await self.connection.read_response()

    async def give_up(self) -> None:
        self.silent_until = time.monotonic() + AGAIN
        connection, self.connection = self.connection, None
        self.outdate(())
        if connection is not None:
            await connection.disconnect(nowait=True)
