"""The door for everything: static files, pages, and the live socket."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "forum.settings.embedded")

pages = get_asgi_application()

from channels.routing import ProtocolTypeRouter

application = ProtocolTypeRouter({"http": pages})
