"""A line to a server that can be cut, refused, and left hanging, as networks and overloaded machines do it."""

import asyncio
import threading
from asyncio import StreamReader, StreamWriter
from urllib.parse import urlsplit

from tests.server import LOCAL


class Relay:
    """Passes on what comes to `url`, until told otherwise; runs in a thread of its own."""

    def __init__(self, to: str) -> None:
        where = urlsplit(to)
        self.target = (where.hostname, where.port)
        self.loop = asyncio.new_event_loop()
        threading.Thread(target=self.loop.run_forever, daemon=True).start()
        self.ends: set[StreamWriter] = set()
        self.is_refusing = False
        self.flows = asyncio.Event()
        self.flows.set()
        self.cuts = 0
        server = self.run(asyncio.start_server(self.connect, LOCAL, 0))
        port = server.sockets[0].getsockname()[1]
        self.url = where._replace(netloc=f"{where.netloc.rpartition('@')[0] or ''}@{LOCAL}:{port}".lstrip("@")).geturl()

    def run(self, work):
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(timeout=10)

    async def connect(self, here: StreamReader, back: StreamWriter) -> None:
        if self.is_refusing:
            back.transport.abort()
            return
        there, forth = await asyncio.open_connection(*self.target)
        self.ends |= {back, forth}
        await asyncio.gather(self.pass_on(here, forth), self.pass_on(there, back))
        self.ends -= {back, forth}

    async def pass_on(self, source: StreamReader, to: StreamWriter) -> None:
        try:
            while data := await source.read(65536):
                await self.flows.wait()
                to.write(data)
                await to.drain()
        except OSError:
            pass
        finally:
            to.close()

    def cut(self) -> None:
        """Every connection that stands breaks; new ones are made."""

        async def cutting() -> None:
            self.cuts += len(self.ends) // 2
            for end in self.ends:
                end.transport.abort()

        self.run(cutting())

    def refuse(self) -> None:
        """As if the server were gone."""
        self.is_refusing = True
        self.cut()

    def hang(self) -> None:
        """Connections are made, and nothing comes."""
        self.loop.call_soon_threadsafe(self.flows.clear)

    def mend(self) -> None:
        self.is_refusing = False
        self.loop.call_soon_threadsafe(self.flows.set)

    def close(self) -> None:
        self.mend()
        self.refuse()
        self.loop.call_soon_threadsafe(self.loop.stop)
