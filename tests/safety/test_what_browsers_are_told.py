"""The headers that keep a page to itself."""

import pytest
from django.test import Client

from cms import first_pages
from community.people.models import Role
from tests import make

pytestmark = pytest.mark.django_db


def pages() -> list[str]:
    first_pages.build()
    thread = make.thread()
    return [
        "/",
        "/threads/",
        thread.get_absolute_url(),
        "/search/?q=key",
        "/accounts/login/",
        "/nowhere/",
        "/sitemap.xml",
    ]


def test_no_page_of_ours_allows_anything_inline(client: Client):
    for address in pages():
        policy = client.get(address)["Content-Security-Policy"]

        assert "unsafe" not in policy, address
        assert "default-src 'none'" in policy, address
        assert "frame-ancestors 'none'" in policy, address


def test_no_page_may_be_framed_guessed_or_tell_where_one_came_from(client: Client):
    for address in pages():
        told = client.get(address)

        assert told["X-Frame-Options"] == "DENY", address
        assert told["X-Content-Type-Options"] == "nosniff", address
        assert told["Referrer-Policy"] == "same-origin", address
        assert told["Cross-Origin-Opener-Policy"] == "same-origin", address


def test_a_page_for_a_member_is_kept_for_nobody_else(client: Client):
    addresses = pages()
    client.force_login(make.member(role=Role.AGENT))

    for address in [address for address in addresses if not address.startswith("/sitemap")]:
        told = client.get(address)

        assert "Cookie" in told.get("Vary", ""), address
        assert "public" not in told.get("Cache-Control", ""), address


def test_a_visitors_page_is_the_same_whatever_cookies_come_along():
    address = make.thread().get_absolute_url()
    plain = Client().get(address)
    odd = Client()
    for name in ("sessionid", "django_language", "theme", "tz"):
        odd.cookies[name] = "<b>odd</b>"

    assert odd.get(address).content == plain.content


def test_a_visitor_who_only_reads_gets_no_cookie(client: Client):
    for address in ["/threads/", make.thread().get_absolute_url(), "/spaces/"]:
        assert not client.get(address).cookies, address
