"""What Sentry and a collector of OpenTelemetry are to a server: somebody who takes whatever is sent to him."""

import gzip
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import brotli

UNPACK = {"br": brotli.decompress, "gzip": gzip.decompress}


class Receiver(ThreadingHTTPServer):
    """`taken`: of every POST its path and its body, unpacked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Taking)
        self.taken: list[tuple[str, bytes]] = []

    def to(self, path: str) -> list[bytes]:
        return [body for where, body in self.taken if where.startswith(path)]


class Taking(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        if self.headers.get("Transfer-Encoding") == "chunked":
            body = b"".join(iter(self.chunk, b""))
        else:
            body = self.rfile.read(int(self.headers["Content-Length"]))
        unpack = UNPACK.get(self.headers.get("Content-Encoding", ""), bytes)
        self.server.taken.append((self.path, unpack(body)))
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def chunk(self) -> bytes:
        body = self.rfile.read(int(self.rfile.readline(), 16))
        self.rfile.readline()
        return body

    def log_message(self, *args: object) -> None:
        """A test is no log."""


@contextmanager
def receiving() -> Iterator[Receiver]:
    with Receiver() as receiver:
        threading.Thread(target=receiver.serve_forever, daemon=True).start()
        yield receiver
        receiver.shutdown()
