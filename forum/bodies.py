"""What is sent to us is limited while it arrives, and read by Django alone.

Left to itself, the network library reads every form a second time, for nobody, in the loop that serves everyone, and
needs ten times the memory of an uploaded file for it.
"""

from typing import Any, override
from weakref import WeakSet

import daphne.http_protocol
from twisted.internet.interfaces import IAddress, IProtocol

# The largest file and a long text beside it; bytes.
LARGEST_BODY = 16 * 2**20


class Request(daphne.http_protocol.WebRequest):
    error_template = (
        '<!DOCTYPE html>\n<html lang="en"><title>%(title)s</title><h1>%(title)s</h1><p>%(body)s</p></html>\n'
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        self.received = 0
        super().__init__(*args, **options, parsePOSTFormSubmission=False)

    @override
    def handleContentChunk(self, data: bytes) -> None:
        self.received += len(data)
        if self.received <= LARGEST_BODY:
            super().handleContentChunk(data)

    @override
    def process(self) -> None:
        if self.received > LARGEST_BODY:
            words = f"This is more than we can take at once: at most {LARGEST_BODY // 2**20} MB. Go back and send less."
            self.basic_error(413, b"Content Too Large", words)
        else:
            super().process()


class HTTPFactory(daphne.http_protocol.HTTPFactory):
    def __init__(self, *args: Any, **options: Any) -> None:
        self.silent: WeakSet[Any] = WeakSet()
        self.let_in: WeakSet[Any] = WeakSet()
        super().__init__(*args, **options)

    @override
    def buildProtocol(self, addr: IAddress) -> IProtocol:
        protocol = super().buildProtocol(addr)

        def begin(*args: Any, **options: Any) -> Request:
            self.silent.discard(protocol)
            return Request(*args, **options)

        protocol.requestFactory = begin
        self.silent.add(protocol)
        self.let_in.add(protocol)
        return protocol

    def has_silent(self) -> bool:
        """Whether somebody is connected who has not asked for anything yet."""
        return any(is_connected(transport_of(protocol)) for protocol in self.silent)

    def part(self) -> None:
        """Close every connection as soon as what was written to it is out."""
        for transport in self.connected():
            transport.loseConnection()

    def connected(self) -> list[Any]:
        transports = [transport_of(protocol) for protocol in self.let_in]
        return [transport for transport in transports if is_connected(transport)]


def transport_of(protocol: Any) -> Any:
    # What the library hands out stands before the protocol that has the connection.
    return getattr(protocol._channel, "transport", None)


def is_connected(transport: Any) -> bool:
    return bool(getattr(transport, "connected", False))
