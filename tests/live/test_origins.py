"""Only our own pages open sockets: a foreign page would bring its visitor's cookies along."""

import pytest

from community.live.origins import is_ours
from tests.live.reading import HOST, headers

FOREIGN = [
    None,
    b"null",
    b"",
    b"http://evil.example",
    b"https://testserver",
    b"http://testserver:8000",
    b"http://testserver.evil.example",
    b"http://sub.testserver",
    b"http://testserver@evil.example",
    b"http://evil.example/http://testserver",
    b"http://testserver/",
    b"http://testserver, http://evil.example",
    b"HTTP://TESTSERVER",
    b"file://",
]


@pytest.mark.parametrize("origin", FOREIGN)
async def test_a_foreign_origin_is_refused_before_the_handshake_ends(knock, origin):
    sent = headers(origin=(b"origin", origin) if origin is not None else None)

    assert not await knock(sent)


async def test_two_origins_are_as_bad_as_none(knock):
    assert not await knock([*headers(), (b"origin", b"http://testserver")])


async def test_our_own_page_gets_in(knock):
    assert await knock(headers())


async def test_a_host_that_is_not_ours_vouches_for_nobody(knock):
    assert not await knock(headers(origin=(b"origin", b"http://evil.example"), host=(b"host", b"evil.example")))


async def test_any_other_address_is_refused(knock):
    assert not await knock(headers(), path="/live")
    assert not await knock(headers(), path="/threads/")


def test_behind_our_proxy_only_the_secure_page_is_ours(settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.ALLOWED_HOSTS = ["forum.example"]
    settings.SITE_URL = "https://forum.example"
    secure = (b"x-forwarded-proto", b"https")
    host = (b"host", b"forum.example:443")

    assert is_ours({"headers": [secure, host, (b"origin", b"https://forum.example")]})
    assert not is_ours({"headers": [secure, host, (b"origin", b"http://forum.example")]})
    assert not is_ours({"headers": [secure, host, (b"origin", b"https://forum.example:8443")]})


def test_the_address_the_site_is_known_by_is_ours(settings):
    settings.SITE_URL = "http://testserver:9000"

    assert is_ours({"headers": [HOST, (b"origin", b"http://testserver:9000")]})
