"""What browsers send."""

import http.client
import secrets
from urllib.parse import urlencode, urlsplit

from .counting import ASKED
from .load import Requests

TOKEN = "c" * 32
BODY = (
    "Released the slot and asked for new keys.\n\n```\nrelay keys renew --slot auto\n```\n\n"
    + "It is signed again. " * 90
)


def address_of(url: str) -> tuple[str, int]:
    where = urlsplit(url)
    return where.hostname or "127.0.0.1", where.port or 80


def page(url: str, path: str, *, cookie: str = "") -> Requests:
    lines = [f"GET {path} HTTP/1.1", f"Host: {urlsplit(url).netloc}", "Accept-Encoding: gzip"]
    if cookie:
        lines.append(f"Cookie: {cookie}")
    request = ("\r\n".join(lines) + "\r\n\r\n").encode()
    return lambda number: request


def replies(url: str, path: str, *, cookie: str) -> Requests:
    def request(number: int) -> bytes:
        fields = {"body": f"{number}. {BODY}", "kind": "information", "token": secrets.token_urlsafe()}
        return form(url, path, cookie=cookie, **fields)

    return request


def form(url: str, path: str, *, cookie: str, **fields: str) -> bytes:
    body = urlencode({"csrfmiddlewaretoken": TOKEN} | fields).encode()
    head = [
        f"POST {path} HTTP/1.1",
        f"Host: {urlsplit(url).netloc}",
        f"Origin: {url}",
        f"Cookie: {cookie}",
        "Content-Type: application/x-www-form-urlencoded",
        f"Content-Length: {len(body)}",
    ]
    return ("\r\n".join(head) + "\r\n\r\n").encode() + body


def queries(url: str, path: str, *, cookie: str = "") -> int | None:
    """How many the page takes when it is made, asked for the second time; None where nobody counts."""
    for _time in range(2):
        connection = http.client.HTTPConnection(*address_of(url), timeout=60)
        connection.request("GET", path, headers={ASKED: "1"} | ({"Cookie": cookie} if cookie else {}))
        answer = connection.getresponse()
        answer.read()
        connection.close()
    told = answer.headers.get(ASKED)
    return int(told) if told else None
