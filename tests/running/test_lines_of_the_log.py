"""One line of JSON a request, with its id, its view and who asked by number; no words, no addresses, no secrets."""

import io
import json
import logging
import re
from collections.abc import Iterator

import pytest
from django.core import mail
from django.test import Client

from forum.running import lines
from tests import make

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery staple"
LOGGED = ("forum.requests", "forum.sign_ins", "django.request")


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What production would write."""
    written = io.StringIO()
    console = logging.StreamHandler(written)
    console.setFormatter(lines.Json())
    console.addFilter(lines.known)
    loggers = [logging.getLogger(name) for name in LOGGED]
    for logger in loggers:
        logger.setLevel(logging.INFO)
        logger.addHandler(console)
    yield written
    for logger in loggers:
        logger.setLevel(logging.NOTSET)
        logger.removeHandler(console)


def read(log: io.StringIO) -> list[dict]:
    return [json.loads(line) for line in log.getvalue().splitlines()]


def test_a_request_leaves_one_line_that_says_what_was_done_by_whom_and_how_it_ended(log, client, agent):
    thread = make.thread()
    client.force_login(agent)
    log.truncate(0), log.seek(0)

    answer = client.get(thread.get_absolute_url())

    [line] = read(log)
    assert line.pop("milliseconds") > 0
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00", line.pop("at"))
    assert line == {
        "level": "INFO", "from": "forum.requests", "what": "answered", "work": answer["X-Request-ID"],
        "view": "threads:detail", "object": {"pk": thread.pk}, "method": "GET", "status": 200,
        "member": agent.pk, "address": "127.0.0.1",
    }  # fmt: skip


@pytest.mark.parametrize(("proxies", "told", "is_kept"), [
    (1, "0123456789abcdef", True), (0, "0123456789abcdef", False), (1, "x", False),
    (1, 'abcdefgh"} {"what": "forged', False), (1, "abcdefgh\r\nSet-Cookie: a=b", False), (1, "a" * 65, False),
])  # fmt: skip
def test_the_id_of_a_request_is_the_proxys_or_our_own_and_nothing_else(client, settings, proxies, told, is_kept):
    settings.TRUSTED_PROXY_COUNT = proxies

    given = client.get("/robots.txt", headers={"x-request-id": told})["X-Request-ID"]

    assert (given == told) is is_kept
    assert is_kept or re.fullmatch(r"[0-9a-f]{32}", given)


def test_a_walk_through_the_forum_leaves_no_secret_in_any_line(log):
    member = make.member("ash", email="ash@example.com", password=PASSWORD)
    member.emailaddress_set.create(email=member.email, verified=True, primary=True)
    thread = make.thread()
    browser = Client(raise_request_exception=False)

    browser.post("/accounts/login/", {"login": "ash", "password": f"{PASSWORD} wrong"})
    browser.post("/accounts/login/", {"login": "ash", "password": PASSWORD})
    cookies = [morsel.value for morsel in browser.cookies.values() if len(morsel.value) > 10]
    browser.post(f"/threads/{thread.pk}/reply/", {"body": "Between us, zqbetweenus.", "token": "zqtokenofform"})
    browser.get("/search/?q=zqsearchedfor")
    browser.get("/zqnowhere/zqkey/")
    browser.post("/accounts/logout/")
    browser.post("/accounts/password/reset/", {"email": "ash@example.com"})
    [reset] = re.findall(r"/accounts/password/reset/key/(\S+?)/", mail.outbox[-1].body)
    browser.get(f"/accounts/password/reset/key/{reset}/")
    browser.get(f"/accounts/password/reset/key/{reset}x/")

    written, what = log.getvalue(), [line["what"] for line in read(log)]
    secrets = [PASSWORD, "zq", reset, member.password, "ash", mail.outbox[-1].body, *cookies]
    assert cookies
    assert [secret for secret in secrets if secret in written] == []
    assert [each for each in what if each.startswith("sign")] == ["sign-in refused", "signed in", "signed out"]


def test_what_breaks_is_written_with_its_traceback_and_without_its_address(log, settings):
    settings.ROOT_URLCONF = "tests.safety.broken"

    Client(raise_request_exception=False).get("/broken/?key=zqkey")

    broke, answered = read(log)
    assert (broke["level"], answered["status"]) == ("ERROR", 500)
    assert "Traceback" in broke["exc_info"]
    assert broke["work"] == answered["work"]
    assert "broken/" not in broke["what"] or "zqkey" not in log.getvalue()


def test_a_line_while_developing_stays_one_line():
    record = logging.LogRecord("forum", logging.INFO, "", 0, "Who: %s", ("a\r\n2026 CRITICAL forged\x1b[2J",), None)

    line = lines.Line("{levelname} {message}", style="{").format(record)

    assert line == r"INFO Who: a\x0d\x0a2026 CRITICAL forged\x1b[2J"
