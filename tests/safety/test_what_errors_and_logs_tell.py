"""What broke is written down for us, without anybody's secrets, and told to nobody else."""

import logging
import re

import django
import pytest
import wagtail
from django.conf import settings as site
from django.core import mail
from django.test import Client

from tests import make
from tests.safety.broken import SECRET

pytestmark = pytest.mark.django_db

TELLTALES = [
    "Traceback", "RuntimeError", "site-packages", ".py", "DJANGO", "settings.", "sqlite", "psycopg", "Wagtail",
    "wagtail", "Django", SECRET, django.get_version(), wagtail.__version__, str(site.ROOT),
]  # fmt: skip
PASSWORD = "correct horse battery staple"


@pytest.fixture
def odd_requests(settings) -> list:
    """Requests that go wrong in every way there is, as functions of a browser."""
    settings.ROOT_URLCONF = "tests.safety.broken"
    thread = make.thread()
    return [
        lambda browser: browser.get("/broken/"),
        lambda browser: browser.post("/broken/", {"body": "Mine."}),
        lambda browser: browser.get("/nowhere/"),
        lambda browser: browser.get("/threads/", headers={"host": "evil.example"}),
        lambda browser: browser.post(f"/threads/{thread.pk}/reply/", headers={"origin": "https://evil.example"}),
        lambda browser: browser.delete("/threads/"),
        lambda browser: browser.post("/ask/", b"--x\r\n", content_type="multipart/form-data"),
        lambda browser: browser.post("/ask/", {"body": "x" * 3_000_000}),
        lambda browser: browser.get("/attachments/00000000-0000-4000-8000-000000000000/a.txt"),
        lambda browser: browser.get("/accounts/password/reset/key/1-set-password/"),
    ]


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
@pytest.mark.parametrize("signed_in", [False, True])
def test_no_answer_tells_how_the_house_is_built(odd_requests, accept, signed_in):
    browser = Client(enforce_csrf_checks=True, raise_request_exception=False, headers={"accept": accept})
    if signed_in:
        browser.force_login(make.member())

    for request in odd_requests:
        answer = request(browser)
        told = answer.content.decode() + "".join(f"{name}: {value}\n" for name, value in answer.headers.items())

        assert [word for word in TELLTALES if word in told] == [], answer.request["PATH_INFO"]
        assert not {"Server", "X-Powered-By", "Via"} & set(answer.headers)


def test_what_broke_is_written_down(odd_requests, caplog):
    browser = Client(raise_request_exception=False)

    answer = odd_requests[0](browser)

    assert answer.status_code == 500
    assert [record.getMessage() for record in caplog.records] == ["Internal Server Error: /broken/"]
    assert caplog.records[0].exc_info


def test_a_day_of_a_member_leaves_no_secret_in_the_log(caplog, odd_requests):
    caplog.set_level(logging.DEBUG)
    member = make.member("ash", email="ash@example.com", password=PASSWORD)
    member.emailaddress_set.create(email=member.email, verified=True, primary=True)
    thread = make.thread()
    browser = Client(raise_request_exception=False)

    browser.post("/accounts/login/", {"login": "ash", "password": f"{PASSWORD} wrong"})
    browser.post("/accounts/login/", {"login": "ash", "password": PASSWORD})
    cookies = [morsel.value for morsel in browser.cookies.values() if len(morsel.value) > 10]
    browser.post(f"/threads/{thread.pk}/reply/", {"body": "A word between us, zqbetweenus.", "token": "zqtokenofform"})
    browser.post("/preview/", {"body": "A word between us, zqbetweenus."})
    browser.get("/search/?q=zqsearchedfor")
    browser.get("/threads/?token=zqinquery&page=x")
    browser.post("/broken/", {"password": PASSWORD, "body": "zqbetweenus"})
    browser.post("/accounts/password/reset/", {"email": "ash@example.com"})
    [reset_link] = re.findall(r"/accounts/password/reset/key/(\S+?)/", mail.outbox[-1].body)

    written = "\n".join(f"{record.getMessage()} {record.exc_text or ''}" for record in caplog.records)
    secrets = [PASSWORD, "zqbetweenus", "zqtokenofform", "zqsearchedfor", "zqinquery", reset_link, member.password]
    assert cookies
    assert [secret for secret in [*secrets, *cookies, "ash@example.com"] if secret in written] == []


def test_nobody_writes_a_line_of_their_own_into_the_log(client, caplog):
    client.get("/nowhere/%0d%0a2026-01-01 CRITICAL forged/")
    client.post("/accounts/login/", {"login": "a\r\n2026 CRITICAL forged", "password": "x"})

    assert [record for record in caplog.records if re.search(r"[\r\n]", record.getMessage())] == []
