"""Pages answer an ASGI server as Django's own handler would, from threads that keep what they have opened."""

import threading

import pytest
from asgiref.testing import ApplicationCommunicator
from django.db import connection
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import path

from forum.pages import Pages


def hello(request: HttpRequest) -> HttpResponse:
    response = HttpResponse(request.POST.get("word", "hello"))
    response.set_cookie("seen", "1")
    return response


def a_file(request: HttpRequest) -> FileResponse:
    import io

    return FileResponse(io.BytesIO(b"x" * 200_000), content_type="application/octet-stream")


def counted(request: HttpRequest) -> StreamingHttpResponse:
    return StreamingHttpResponse(str(number) for number in range(3))


def who(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"{threading.current_thread().name} {id(connection.connection)}")


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("a secret")


urlpatterns = [path(view.__name__, view) for view in (hello, a_file, counted, who, broken)]
handler500 = "forum.errors.server_error"


@pytest.fixture
def pages(settings):
    settings.ROOT_URLCONF = __name__
    settings.MIDDLEWARE = []
    pages = Pages(threads=1)
    yield pages
    pages.pool.shutdown()


async def visit(pages: Pages, address: str, *, body: bytes = b"", method: str = "GET") -> tuple[dict, bytes, int]:
    """The start message, the whole body, and in how many messages it came."""
    headers = [(b"host", b"testserver"), (b"content-type", b"application/x-www-form-urlencoded")]
    headers.append((b"content-length", str(len(body)).encode()))
    scope = {"type": "http", "method": method, "path": address, "query_string": b"", "headers": headers}
    server = ApplicationCommunicator(pages, scope)
    await server.send_input({"type": "http.request", "body": body})
    start = await server.receive_output(5)
    parts = [await server.receive_output(5)]
    while parts[-1].get("more_body"):
        parts.append(await server.receive_output(5))
    await server.wait(5)
    return start, b"".join(part.get("body", b"") for part in parts), len(parts)


async def test_a_form_is_read_and_a_cookie_set(pages):
    start, body, _ = await visit(pages, "/hello", body=b"word=na%C3%AFve", method="POST")

    assert (start["status"], body.decode()) == (200, "naïve")
    assert (b"Set-Cookie", b"seen=1; Path=/") in start["headers"]


async def test_a_file_arrives_whole_and_in_pieces(pages):
    start, body, parts = await visit(pages, "/a_file")

    assert (start["status"], len(body)) == (200, 200_000)
    assert parts > 2


async def test_what_is_made_while_it_is_sent_arrives_in_order(pages):
    _, body, _ = await visit(pages, "/counted")

    assert body == b"012"


@pytest.mark.django_db(transaction=True)
async def test_requests_share_threads_and_their_connections(pages):
    answers = {(await visit(pages, "/who"))[1] for _ in range(3)}

    assert len(answers) == 1


async def test_a_view_that_breaks_says_nothing_of_why(pages):
    start, body, _ = await visit(pages, "/broken")

    assert start["status"] == 500
    assert b"secret" not in body


async def test_a_browser_that_leaves_while_sending_is_let_go(pages):
    scope = {
        "type": "http",
        "method": "POST",
        "path": "/hello",
        "query_string": b"",
        "headers": [(b"host", b"testserver")],
    }
    server = ApplicationCommunicator(pages, scope)
    await server.send_input({"type": "http.request", "body": b"word=", "more_body": True})
    await server.send_input({"type": "http.disconnect"})

    await server.wait(5)

    assert await server.receive_nothing()
