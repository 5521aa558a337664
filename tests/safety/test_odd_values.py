"""Every question an address can carry and every field a form has, each with values that nobody means."""

import re
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client

from tests import make
from tests.safety.stage import PRESSES
from tests.safety.test_only_what_a_form_asks_for import browser_of

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).parents[2]
ODD = [
    "", "-1", "1e5", "NaN", "٣", "²", "9" * 5000, "9" * 19, "%00", "%ff%fe", "%ed%a0%80", "' or 1=1 --", "[1]",
    "x" * 5000, "%E2%80%AEx", "2026-13-40",
]  # fmt: skip
TYPED = ["", "-1", "٣", "9" * 5000, "%00", "%ff%fe", "%0d%0aX: y", "[" * 100_000]
# Which page reads which question; the test below holds it against the code.
ASKS = {
    "/threads/": ["page", "show", "order", "space", "tag", "product", "version", "platform"],
    "/threads/new/": ["since", "show"],
    "/search/": ["q", "page", "show", "when", "by"],
    "/mentions/": ["q", "thread"],
    "/numbers/": ["q"],
    "/desk/replies/find/": ["q", "thread"],
    "/ask/": ["space", "title"],
    "/ask/similar/": ["title", "body", "product"],
    "/feeds/threads/": ["show"],
    "/inbox/": ["show", "page"],
    "/threads/{thread}/curate/": ["posts", "move"],
    "/moderation/choose/": ["show", "space", "tag", "product", "version", "platform"],
    "/requests/": ["organisation", "show", "page"],
    "/organisations/fenwick/requests/new/": ["handed"],
    "/moderation/": ["show", "space", "page"],
    "/moderation/new/": ["after"],
    "/moderation/log/": ["verb", "by", "about", "space", "since", "until", "page"],
    "/moderation/log.csv": ["verb", "by", "about", "space", "since", "until"],
    "/moderation/public/": ["page"],
    "/moderation/mine/": ["page"],
    "/moderation/held/": ["page"],
    "/desk/": ["show", "page"],
    "/desk/new/": ["show", "since"],
    "/desk/tickets/": ["page"],
    "/desk/people/peer/": ["show", "page"],
    "/desk/threads/{thread}/": ["next"],
    "/desk/clocks/": ["show", "kind", "page"],
    "/desk/promises/": ["show", "page"],
    "/desk/deadlines/": ["show", "page"],
    "/desk/escalations/": ["page"],
    "/desk/reports/": ["month"],
    "/desk/reports.csv": ["month"],
    "/desk/reports/reply/": ["month", "page"],
    "/desk/complaints/": ["show", "page"],
    "/organisations/fenwick/escalate/": ["thread"],
    "/desk/line/": ["show", "plan", "month", "page"],
    "/organisations/fenwick/call/now/": ["thread"],
    "/people/peer/": ["show", "page"],
    "/people/peer/face.svg": ["v"],
    "/threads/{thread}/reply/": ["quote"],
    "/threads/{thread}/since/0/": ["lane"],
    "/threads/{thread}/on/": ["day"],
    "/threads/{thread}/ticket/": ["post"],
    "/threads/{thread}/ticket/new/": ["post", "with"],
    "/posts/{answer}/tried/": ["works"],
    "/posts/{answer}/history/": ["page"],
    "/sitemap-threads.xml": ["p"],
    "/accounts/login/": ["next"],
    "/welcome-package/": ["as"],
}
# Of the page of parts, which the forum's readers do not have.
READ_ELSEWHERE = {"dir", "scheme"}


def test_no_question_is_forgotten():
    asking = re.compile(r"""GET(?:\.get\(|\.getlist\(|\[)["'](\w+)["']""")
    asked = {
        name
        for folder in ("community", "cms", "forum")
        for path in (ROOT / folder).rglob("*.py")
        for name in asking.findall(path.read_text())
    }

    assert asked - {name for names in ASKS.values() for name in names} - READ_ELSEWHERE == set()


@pytest.mark.parametrize("who", ["keeper", None])
def test_an_odd_question_is_no_error_of_ours(who, stage):
    browser = browser_of(stage, who) if who else Client()
    browser.raise_request_exception = False

    broken = []
    for page, names in ASKS.items():
        path = page.format(thread=stage.thread.pk, answer=stage.answer.pk)
        for name in names:
            broken += [
                f"{path}?{name}={odd[:40]}" for odd in ODD if browser.get(f"{path}?{name}={odd}").status_code >= 500
            ]

    assert broken == []


@pytest.mark.parametrize("press", PRESSES, ids=lambda press: press.name)
def test_an_odd_field_is_no_error_of_ours(press, stage):
    browser = browser_of(stage, press.who)
    browser.raise_request_exception = False
    kind = "application/x-www-form-urlencoded"

    broken = []
    for name in {*press.sends, *press.more}:
        for odd in TYPED:
            said = {key: value for key, value in press.data(stage).items() if key not in (name, "file")}
            body = "&".join([f"{name}={odd}", *(f"{key}={value}" for key, value in said.items())])
            with transaction.atomic():
                answer = browser.post(press.address(stage), body, content_type=kind)
                transaction.set_rollback(True)
            if answer.status_code >= 500:
                broken.append(f"{name}={odd[:40]}")

    assert broken == []


@pytest.mark.parametrize(
    "file",
    [
        b"",
        b"\x00" * 10,
        b"\x89PNG\r\n\x1a\n",
        b"GIF89a",
        b"\xff\xd8\xff",
        b"PK\x03\x04",
        b"%PDF-",
        b"RIFF\x00\x00\x00\x00WEBP",
    ],
    ids=repr,
)
@pytest.mark.parametrize(
    "name", ["", "..", "../../x.png", "a\x00.png", "\u202egnp.exe", "x" * 3000, "é" * 300, "con.png"]
)
def test_an_odd_file_is_no_error_of_ours(client, file, name):
    client.raise_request_exception = False
    client.force_login(make.member())
    head = f'--xx\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode()

    answer = client.post(
        "/attachments/", head + file + b"\r\n--xx--\r\n", content_type="multipart/form-data; boundary=xx"
    )

    assert answer.status_code in (201, 400, 422)
