import asyncio
from contextlib import asynccontextmanager

import pytest
from asgiref.sync import sync_to_async
from django.test import Client

from community.live.postman import depot
from community.live.routing import websockets
from tests.live.reading import PATIENCE, Reader, headers
from tests.server import Server


@pytest.fixture
def visiting():
    """`async with visiting(member) as reader`: an open socket, closed afterwards. Without a member: a visitor's."""

    @asynccontextmanager
    async def visit(member=None, client: Client | None = None):
        # What happened before the visit has been told before it, also where the telling crosses a network.
        await sync_to_async(depot.empty)()
        client = client or Client()
        if member is not None:
            await sync_to_async(client.force_login)(member)
        key = client.session.session_key if member is not None else ""
        reader = Reader(websockets, "/live/", headers(key))
        reader.browser = client
        connected, _ = await reader.connect(timeout=PATIENCE)
        assert connected
        try:
            yield reader
        finally:
            await reader.disconnect()

    return visit


@pytest.fixture
def knock():
    """Try the handshake with these headers; whether the door opened."""

    async def try_it(sent, path: str = "/live/") -> bool:
        reader = Reader(websockets, path, sent)
        connected, _ = await reader.connect(timeout=PATIENCE)
        if connected:
            await reader.disconnect()
        return connected

    return try_it


@pytest.fixture
def soon():
    """Wait until something is true, up to a limit."""

    async def until(check, limit: float = PATIENCE):
        for _ in range(int(limit / 0.02)):
            if check():
                return True
            await asyncio.sleep(0.02)
        return check()

    return until


@pytest.fixture
def server(transactional_db, tmp_path):
    """Pages and sockets, as they are served to people."""
    one = Server(tmp_path, "--web-only")
    one.start()
    yield one
    one.stop()
