"""The one address for websockets. Any other is refused before the handshake ends, without a traceback."""

from typing import Any

from .consumers import Receive, Send, live

ADDRESS = "/live/"


async def websockets(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    if scope["path"] == ADDRESS:
        await live(scope, receive, send)
    else:
        await receive()
        await send({"type": "websocket.close"})
