"""A browser's socket, as far as the server can tell."""

import json

from channels.testing import WebsocketCommunicator
from django.conf import settings

ORIGIN = (b"origin", b"http://testserver")
HOST = (b"host", b"testserver")


class Reader(WebsocketCommunicator):
    async def say(self, do: str, stream: str = "", **more) -> None:
        await self.send_to(text_data=json.dumps({"do": do} | ({"stream": stream} if stream else {}) | more))

    async def next(self, timeout: float = 2) -> dict:
        return json.loads(await self.receive_from(timeout=timeout))

    async def listen(self, stream: str, **more) -> dict:
        """Subscribe; the server's answer."""
        await self.say("subscribe", stream, **more)
        return await self.next()

    async def hears_nothing(self, wait: float = 0.15) -> bool:
        return await self.receive_nothing(timeout=wait)

    async def closed_with(self, timeout: float = 2) -> int:
        while True:
            event = await self.receive_output(timeout)
            if event["type"] == "websocket.close":
                return event["code"]


def headers(session_key: str = "", *, origin=ORIGIN, host=HOST) -> list[tuple[bytes, bytes]]:
    sent = [header for header in (origin, host) if header]
    if session_key:
        sent.append((b"cookie", f"{settings.SESSION_COOKIE_NAME}={session_key}".encode()))
    return sent
