"""A browser's socket, as far as the server can tell."""

import json
import math

from channels.testing import WebsocketCommunicator
from django.conf import settings

ORIGIN = (b"origin", b"http://testserver")
HOST = (b"host", b"testserver")
# In seconds. Right answers come at once; this is for a machine that does much else.
PATIENCE = 20


class Reader(WebsocketCommunicator):
    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.heads: dict[str, int] = {}

    async def say(self, do: str, stream: str = "", **more) -> None:
        await self.send_to(text_data=json.dumps({"do": do} | ({"stream": stream} if stream else {}) | more))

    async def next(self, timeout: float = PATIENCE) -> dict:
        """The next frame; what the head already counted may still be under way and is nothing new."""
        while True:
            frame = json.loads(await self.receive_from(timeout=timeout))
            if frame.get("kind") == "subscribed":
                self.heads[frame["stream"]] = frame["head"] or 0
            if (frame.get("seq") or math.inf) > self.heads.get(frame.get("stream"), 0):
                return frame

    async def listen(self, stream: str, **more) -> dict:
        """Subscribe; the server's answer."""
        await self.say("subscribe", stream, **more)
        return await self.next()

    async def hears_nothing(self, wait: float = 0.15) -> bool:
        return await self.receive_nothing(timeout=wait)

    async def closed_with(self, timeout: float = PATIENCE) -> int:
        while True:
            event = await self.receive_output(timeout)
            if event["type"] == "websocket.close":
                return event["code"]


def headers(session_key: str = "", *, origin=ORIGIN, host=HOST) -> list[tuple[bytes, bytes]]:
    sent = [header for header in (origin, host) if header]
    if session_key:
        sent.append((b"cookie", f"{settings.SESSION_COOKIE_NAME}={session_key}".encode()))
    return sent
