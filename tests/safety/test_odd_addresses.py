"""Nobody gets a server error for what stands in the address bar."""

from collections.abc import Iterator

import pytest
from django.test import Client

from community.people.models import Role
from tests import make

pytestmark = pytest.mark.django_db

ODD = [
    "-1", "0", "1e9", "10" * 40, "NaN", "Infinity", "-0", "１", "٣", "1;drop table", "' or 1=1 --", "%00", "a%00b",
    "%ff%fe", "%c0%ae", "%ed%a0%80", "../../etc/passwd", "%2e%2e%2f", "<script>alert(1)</script>", "{{7*7}}", "%25s",
    "%0d%0aSet-Cookie:x=1", "null", "true", "[]", "[1]", "x" * 5000, "%F0%9F%A6%8A", "%E2%80%AE", "*", '"', "\\", "(",
]  # fmt: skip
QUESTIONS = ["page", "q", "state", "space", "tag", "product", "sort", "lane", "next", "kind", "author", "since", "tab"]


def addresses() -> Iterator[str]:
    thread = make.thread()
    pages = [
        "/threads/",
        thread.get_absolute_url(),
        "/search/",
        "/spaces/",
        "/tags/",
        "/feeds/threads/",
        "/ask/",
        "/desk/",
    ]
    pages += ["/moderation/", "/moderation/log/", "/accounts/login/", "/", "/mentions/", "/drafts/", "/sitemap.xml"]
    for odd in ODD:
        for page in pages:
            yield f"{page}?{'&'.join(f'{name}={odd}' for name in QUESTIONS)}"
        for place in ("threads", "posts", "spaces", "tags", "people", "attachments", "moderation/flags", "documents"):
            yield f"/{place}/{odd.replace('?', '')}/"
        yield f"/threads/{thread.pk}/since/{odd}/"
        yield f"/threads/{thread.pk}/{odd}/"


@pytest.mark.parametrize("role", [None, Role.CUSTOMER, Role.AGENT])
def test_whatever_the_address_says_the_answer_is_no_error_of_ours(client: Client, role):
    client.raise_request_exception = False
    if role:
        client.force_login(make.member(role=role))

    broken = [address[:200] for address in addresses() if client.get(address).status_code >= 500]

    assert broken == []


def test_many_values_of_one_name_are_no_error_of_ours(client: Client):
    many = "&".join("page=1&q=a&tag=b" for _ in range(400))

    assert client.get(f"/threads/?{many}").status_code < 500


@pytest.mark.parametrize(
    "body",
    [b"\x00\xff\xfe", b"body=%00", b"body=%ff%fe", b"=" * 1000, b"a=1&" * 2000, b'{"body":', b"--x\r\n"],
    ids=repr,
)
@pytest.mark.parametrize(
    "kind",
    [
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/json",
        "nonsense",
        "multipart/form-data",
    ],
)
def test_a_form_that_is_no_form_is_no_error_of_ours(client: Client, body, kind):
    client.raise_request_exception = False
    thread = make.thread()
    client.force_login(make.member())

    for address in ("/ask/", f"/threads/{thread.pk}/reply/", "/preview/", "/attachments/", "/accounts/login/"):
        assert client.post(address, body, content_type=kind).status_code < 500, address
