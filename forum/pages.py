"""Serves pages to an ASGI server: one hop from the event loop to a fixed set of threads, and one back.

Django's own ASGI handler starts a thread, and with it a database connection, for every request and changes
between loop and thread several times. Our views are plain functions, so the whole of a request runs in one
thread that keeps its connection: a do-nothing page costs a fifth (measured with SQLite under Daphne).
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import IO, Any

from django.core import signals
from django.core.exceptions import RequestAborted
from django.core.handlers.asgi import ASGIHandler, get_script_prefix
from django.http.response import HttpResponseBase, StreamingHttpResponse
from django.urls import set_script_prefix

type Send = Callable[[Mapping[str, Any]], Awaitable[None]]


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
        loop = asyncio.get_running_loop()
        # Not sync_to_async: it carries the request's context along, and with it a new client of the cache each time.
        response = await loop.run_in_executor(self.pool, self.serve, scope, body, send, loop)
        if response is not None:
            await self.send_response(response, send)

    def serve(
        self, scope: dict[str, Any], body: IO[bytes], send: Send, loop: asyncio.AbstractEventLoop
    ) -> HttpResponseBase | None:
        """The finished response for the loop to send; None when it was a stream and has been sent from here."""
        with closing(body):
            set_script_prefix(get_script_prefix(scope))
            signals.request_started.send(sender=self.__class__, scope=scope)
            request, refusal = self.create_request(scope, body)
            response = self.get_response(request) if request is not None else refusal
            assert response is not None  # noqa: S101  create_request gives one of the two
            with closing(response):
                if isinstance(response, StreamingHttpResponse):
                    for message in self.messages(response):
                        asyncio.run_coroutine_threadsafe(wait_for(send(message)), loop).result()
                    return None
            return response

    def messages(self, response: StreamingHttpResponse) -> Iterator[dict[str, Any]]:
        headers = [(name.encode("ascii"), value.encode("latin-1")) for name, value in response.items()]
        headers += [(b"Set-Cookie", cookie.OutputString().encode("ascii")) for cookie in response.cookies.values()]
        yield {"type": "http.response.start", "status": response.status_code, "headers": headers}
        for chunk in response:
            yield {"type": "http.response.body", "body": chunk, "more_body": True}
        yield {"type": "http.response.body", "body": b"", "more_body": False}


async def wait_for(sending: Awaitable[None]) -> None:
    await sending
