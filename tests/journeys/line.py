"""The line between a browser and the forum, which can be cut."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import Lock, Thread
from urllib.parse import urlsplit

PIECE = 65_536


@dataclass
class Line:
    """Carries every byte to the forum and back, until it is cut.

    A browser can be told that it is offline, but its worker asks for pages by another way, and now and then that one
    stayed open. Here nobody gets through.
    """

    forum: str
    port: int = 0
    _ear: socket.socket = field(init=False)
    _ends: list[socket.socket] = field(default_factory=list)
    # Who is let in while the line is being cut would stay in.
    _turn: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        self._listen()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @contextmanager
    def cut(self) -> Iterator[None]:
        self.close()
        yield
        self._listen()

    def close(self) -> None:
        with self._turn:
            for end in (self._ear, *self._ends):
                with suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)
                end.close()
            self._ends.clear()

    def _listen(self) -> None:
        self._ear = socket.create_server(("127.0.0.1", self.port))
        self.port = self._ear.getsockname()[1]
        Thread(target=self._let_in, args=(self._ear,), daemon=True).start()

    def _let_in(self, ear: socket.socket) -> None:
        forum = urlsplit(self.forum)
        with suppress(OSError):
            while True:
                near, _ = ear.accept()
                with self._turn:
                    if ear.fileno() < 0:
                        near.close()
                        return
                    try:
                        far = socket.create_connection((forum.hostname, forum.port))
                    except OSError:
                        # Whoever comes next may get through.
                        near.close()
                        continue
                    self._ends += near, far
                for ends in ((near, far), (far, near)):
                    Thread(target=carry, args=ends, daemon=True).start()


def carry(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while piece := source.recv(PIECE):
            target.sendall(piece)
        target.shutdown(socket.SHUT_WR)
