"""A server on this machine that gives the answers of a ticket system as its documentation shows them."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any


@dataclass
class Recorded:
    """`answers` by method and path; `asked` is what was sent. `fails` stands for all of them: a status and a body."""

    port: int = 0
    answers: dict[str, Any] = field(default_factory=dict)
    asked: list[tuple[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    fails: tuple[int, bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def said(self, called: str) -> Any:
        """What was sent with the last such call."""
        return [body for name, body in self.asked if name == called][-1]


@contextmanager
def answering() -> Iterator[Recorded]:
    recorded = Recorded()

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            called = f"{self.command} {self.path.partition('?')[0]}"
            recorded.asked.append((called, json.loads(body) if body else self.path.partition("?")[2]))
            recorded.headers.append({name.lower(): value for name, value in self.headers.items()})
            if recorded.fails:
                status, said = recorded.fails
            elif called in recorded.answers:
                status, said = 200, json.dumps(recorded.answers[called]).encode()
            else:
                status, said = 404, b'{"error": "RecordNotFound", "message": "Not Found", "errorMessages": ["gone"]}'
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        do_GET = do_POST = do_PUT = do_PATCH = answer  # noqa: N815

        def log_message(self, *said: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    recorded.port = server.server_port
    # In seconds; it looks whether it shall stop only so often.
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield recorded
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
