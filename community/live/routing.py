"""The one address for websockets. Any other is refused before the handshake ends, without a traceback."""

from collections.abc import Awaitable, Callable
from typing import Any

from .consumers import live

ADDRESS = "/live/"


async def websockets(
    scope: dict[str, Any],
    receive: Callable[[], Awaitable[dict[str, Any]]],
    send: Callable[[dict[str, Any]], Awaitable[None]],
) -> None:
    if scope["path"] == ADDRESS:
        await live(scope, receive, send)
    else:
        await receive()
        await send({"type": "websocket.close"})
