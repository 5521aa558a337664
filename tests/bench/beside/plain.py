"""Plain Channels, as its tutorial has it: what one says, the group is told."""

import django
from channels.generic.websocket import AsyncWebsocketConsumer
from channels.routing import ProtocolTypeRouter
from django.conf import settings

# Large enough that nobody's channel is full, which would drop what he is told.
MEMORY = {"BACKEND": "channels.layers.InMemoryChannelLayer", "CONFIG": {"capacity": 10_000}}
settings.configure(CHANNEL_LAYERS={"default": MEMORY}, ALLOWED_HOSTS=["*"], INSTALLED_APPS=["channels"])
django.setup()


class Reader(AsyncWebsocketConsumer):
    async def connect(self) -> None:
        await self.channel_layer.group_add("readers", self.channel_name)
        await self.accept()

    async def disconnect(self, code: int) -> None:
        await self.channel_layer.group_discard("readers", self.channel_name)

    async def receive(self, text_data: str) -> None:
        if '"subscribe"' in text_data:
            await self.send('{"is": "subscribed"}')
        else:
            await self.channel_layer.group_send("readers", {"type": "told", "text": text_data})

    async def told(self, message: dict) -> None:
        await self.send(message["text"])


application = ProtocolTypeRouter({"websocket": Reader.as_asgi()})
