"""Serves pages to an ASGI server: one hop from the event loop to a fixed set of threads, and one back.

Django's own ASGI handler starts a thread, and with it a database connection, for every request and changes
between loop and thread several times. Our views are plain functions, so the whole of a request runs in one
thread that keeps its connection: a do-nothing page costs a fifth (measured with SQLite under Daphne).
"""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import IO, Any

from asgiref.sync import sync_to_async
from django.core import signals
from django.core.exceptions import RequestAborted
from django.core.handlers.asgi import ASGIHandler, get_script_prefix
from django.http import HttpResponse, StreamingHttpResponse
from django.urls import set_script_prefix

type Send = Callable[[dict[str, Any]], Awaitable[None]]


class Pages(ASGIHandler):
    def __init__(self, *, threads: int) -> None:
        super().__init__()
        self.load_middleware(is_async=False)
        self.pool = ThreadPoolExecutor(max_workers=threads, thread_name_prefix="page")

    async def __call__(self, scope: dict[str, Any], receive: Callable[[], Awaitable[Any]], send: Send) -> None:
        try:
            body = await self.read_body(receive)
        except RequestAborted:
            return
        # sync_to_async, because it remembers the loop: async_to_sync inside a view then comes back to this one.
        serve = sync_to_async(self.serve, thread_sensitive=False, executor=self.pool)
        response = await serve(scope, body, send, asyncio.get_running_loop())
        if response is not None:
            await self.send_response(response, send)

    def serve(
        self, scope: dict[str, Any], body: IO[bytes], send: Send, loop: asyncio.AbstractEventLoop
    ) -> HttpResponse | None:
        """The finished response for the loop to send; None when it was a stream and has been sent from here."""
        with closing(body):
            set_script_prefix(get_script_prefix(scope))
            signals.request_started.send(sender=self.__class__, scope=scope)
            request, refusal = self.create_request(scope, body)
            response = refusal if request is None else self.get_response(request)
            with closing(response):
                if isinstance(response, StreamingHttpResponse):
                    for message in self.messages(response):
                        asyncio.run_coroutine_threadsafe(send(message), loop).result()
                    return None
            return response

    def messages(self, response: StreamingHttpResponse) -> Any:
        headers = [(name.encode("ascii"), value.encode("latin-1")) for name, value in response.items()]
        headers += [(b"Set-Cookie", cookie.OutputString().encode("ascii")) for cookie in response.cookies.values()]
        yield {"type": "http.response.start", "status": response.status_code, "headers": headers}
        for chunk in response:
            yield {"type": "http.response.body", "body": chunk, "more_body": True}
        yield {"type": "http.response.body", "body": b"", "more_body": False}
