"""What arrives is limited while it arrives, and no form is read twice."""

from typing import Any

import pytest
from twisted.internet.address import IPv4Address
from twisted.internet.testing import StringTransport

from forum.bodies import LARGEST_BODY, HTTPFactory

FORM = b"Content-Type: multipart/form-data; boundary=x\r\n"


class Listener:
    """Stands for the server: keeps the requests that would have been passed on."""

    request_buffer_size = 8192
    root_path = ""
    server_name = "forum"
    http_timeout = None
    ready_callable = None
    proxy_forwarded_address_header = proxy_forwarded_port_header = proxy_forwarded_proto_header = None

    def __init__(self) -> None:
        self.passed_on: list[Any] = []

    def create_application(self, request: Any, scope: dict[str, Any]) -> None:
        self.passed_on.append(request)

    def protocol_connected(self, protocol: Any) -> None:
        pass

    protocol_disconnected = protocol_connected


@pytest.fixture
def listener():
    return Listener()


@pytest.fixture
def line(listener):
    protocol = HTTPFactory(listener).buildProtocol(IPv4Address("TCP", "127.0.0.1", 1))
    transport = StringTransport(IPv4Address("TCP", "127.0.0.1", 1), IPv4Address("TCP", "127.0.0.1", 2))
    protocol.makeConnection(transport)
    protocol.wire = transport
    return protocol


def send(line, head: bytes, *body: bytes) -> bytes:
    line.dataReceived(b"POST /attachments/ HTTP/1.1\r\nHost: forum\r\n" + head + b"\r\n")
    for part in body:
        line.dataReceived(part)
    return line.wire.value()


def test_a_form_is_left_to_django(line, listener):
    body = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n' + b"x" * 1000 + b"\r\n--x--\r\n"

    send(line, FORM + b"Content-Length: %d\r\n" % len(body), body)

    (request,) = listener.passed_on
    assert request.args == {}
    assert request.content.read() == body


@pytest.mark.parametrize("chunked", [False, True])
def test_what_is_too_large_is_refused_and_not_kept(line, listener, chunked):
    part = bytes(2**20)
    parts = [part] * (LARGEST_BODY // len(part) + 1)
    head = b"Content-Length: %d\r\n" % (len(part) * len(parts))
    if chunked:
        head = b"Transfer-Encoding: chunked\r\n"
        parts = [b"%x\r\n%b\r\n" % (len(part), part) for part in parts] + [b"0\r\n\r\n"]

    answer = send(line, FORM + head, *parts)

    assert answer.startswith(b"HTTP/1.1 413 ")
    assert b"at most 16 MB" in answer
    assert listener.passed_on == []
