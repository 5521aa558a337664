"""The door for everything: static files, pages, and the live socket."""

import os
from typing import Any
from wsgiref.headers import Headers

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "forum.settings.embedded")
django.setup(set_prefix=False)

from channels.routing import ProtocolTypeRouter
from django.conf import settings
from django.contrib.staticfiles.handlers import ASGIStaticFilesHandler
from servestatic import ServeStaticASGI

from community.live.routing import websockets
from forum.door import Door
from forum.door.hearing import news
from forum.pages import Pages
from forum.patience import limit_pages
from forum.running.requests import WithId

limit_pages()
pages = Pages(threads=settings.PAGE_THREADS)
front: Any = Door(pages, news())


def take_as_named(headers: Headers, path: str, url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"


if settings.STATIC_FROM_SOURCE:
    files_and_pages = ASGIStaticFilesHandler(front)
else:
    files_and_pages = ServeStaticASGI(
        front,
        root=settings.STATIC_ROOT,
        prefix=settings.STATIC_URL,
        allow_all_origins=False,
        add_headers_function=take_as_named,
    )

application = WithId(ProtocolTypeRouter({"http": files_and_pages, "websocket": websockets}))
