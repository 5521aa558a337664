"""A webhook makes us look, and nothing else: forged, replayed, late or twice, it changes nothing by itself."""

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from standardwebhooks.webhooks import Webhook

from community import clock
from community.tickets import tasks
from community.tickets.actions import link_ticket
from community.tickets.models import Delivery, OutsideSystem, TicketLink
from tests import make

pytestmark = pytest.mark.django_db

SECRET = "both sides know it"
BODIES = {
    "rt": {"ticket": 88},
    "zammad": {"ticket": {"id": 88, "number": "20088"}},
    "zendesk": {"ticket": "88"},
    "jira": {"issue": {"key": "88"}},
    "github": {"issue": {"number": 88}, "repository": {"full_name": "Relay/mail"}},
}


def signed(kind: str, body: bytes, *, secret: str = SECRET, at: datetime | None = None) -> dict[str, str]:
    at = at or datetime.now(UTC)
    key = secret.encode()
    match kind:
        case "rt":
            stamp = str(int(at.timestamp()))
            signature = Webhook(key).sign("msg-1", datetime.fromtimestamp(int(stamp), UTC), body.decode())
            return {"webhook-id": "msg-1", "webhook-timestamp": stamp, "webhook-signature": signature}
        case "zendesk":
            stamp = at.isoformat()
            digest = hmac.new(key, stamp.encode() + body, hashlib.sha256).digest()
            return {
                "x-zendesk-webhook-signature": base64.b64encode(digest).decode(),
                "x-zendesk-webhook-signature-timestamp": stamp,
            }
        case "zammad":
            return {"x-hub-signature": f"sha1={hmac.new(key, body, 'sha1').hexdigest()}"}
        case "jira":
            return {"x-hub-signature": f"sha256={hmac.new(key, body, 'sha256').hexdigest()}"}
        case _:
            return {"x-hub-signature-256": f"sha256={hmac.new(key, body, 'sha256').hexdigest()}"}


@pytest.fixture
def systems() -> dict[str, OutsideSystem]:
    made = {}
    for kind in BODIES:
        system = OutsideSystem(slug=kind, name=kind, kind=kind, address="https://x.example", queue="relay/mail")
        system.speaks_as = make.member(role="agent")
        system.keep_hook_secret(SECRET)
        system.save()
        made[kind] = system
    return made


@pytest.fixture
def looked_at(systems, agent, monkeypatch) -> list[int]:
    """The links that were looked at; one is tied to ticket 88 of each system."""
    looked: list[int] = []
    thread = make.thread()
    link = link_ticket(by=agent, thread=thread, system="console", number="R-1")
    TicketLink.objects.all().delete()
    for kind in BODIES:
        link.pk, link.system, link.number, link.remote_id = None, kind, "88", "88"
        link.save()
    monkeypatch.setattr(type(tasks.look_at_ticket), "enqueue", lambda task, link_id: looked.append(link_id))
    return looked


def call(kind: str, body: bytes, headers: dict[str, str]) -> int:
    address = f"/tickets/hooks/{kind}/"
    return Client().post(address, body, content_type="application/json", headers=headers).status_code


@pytest.mark.parametrize("kind", BODIES)
def test_a_signed_call_makes_us_look_once(kind, looked_at):
    body = json.dumps(BODIES[kind]).encode()
    headers = signed(kind, body)

    assert [call(kind, body, headers), call(kind, body, headers)] == [202, 409]

    assert looked_at == [TicketLink.objects.get(system=kind).pk]


@pytest.mark.parametrize("kind", BODIES)
def test_a_forged_call_is_refused_and_leaves_no_trace(kind, looked_at):
    body = json.dumps(BODIES[kind]).encode()
    right = signed(kind, body)
    name = next(name for name in right if name.endswith(("signature", "signature-256")))
    forgeries = [
        (body, {}),
        (body, right | {name: ""}),
        (body, right | {name: right[name][:-4]}),
        (body, right | {name: "é"}),
        (body, right | {name: "v1"}),
        (body + b" ", right),
        (body, signed(kind, body, secret="another")),
    ]

    assert {call(kind, said, headers) for said, headers in forgeries} == {401}

    assert looked_at == []
    assert not Delivery.objects.exists()


@pytest.mark.parametrize("kind", ["rt", "zendesk"])
@pytest.mark.parametrize("off", [timedelta(minutes=-6), timedelta(minutes=6)])
def test_a_call_from_another_time_is_refused(kind, off, looked_at):
    body = json.dumps(BODIES[kind]).encode()

    assert call(kind, body, signed(kind, body, at=datetime.now(UTC) + off)) == 401


@pytest.mark.parametrize("kind", BODIES)
@pytest.mark.parametrize("said", [b"", b"{", b"[]", b"null", b'{"ticket": {}}', b"\xff", b"[" * 100_000])
def test_a_signed_call_about_nothing_is_told_so(kind, said, looked_at):
    if said == b"\xff" and kind == "rt":
        assert call(kind, said, signed(kind, b"{}")) in (400, 401)
    else:
        assert call(kind, said, signed(kind, said)) in (202, 400)
    assert looked_at == []


def test_another_repository_with_the_same_numbers_is_not_meant(looked_at):
    body = json.dumps({"issue": {"number": 88}, "repository": {"full_name": "relay/other"}}).encode()

    assert call("github", body, signed("github", body)) == 202
    assert looked_at == []


@pytest.mark.parametrize("slug", ["nowhere", "retired", "silent", "console"])
def test_a_system_that_does_not_call_has_no_address(slug, systems):
    OutsideSystem.objects.filter(slug="jira").update(slug="retired", retired_at=clock.now())
    OutsideSystem.objects.filter(slug="github").update(slug="silent", sealed_hook_secret="")

    assert call(slug, b"{}", signed("jira", b"{}")) == 404


def test_too_much_at_once_is_refused(looked_at):
    body = b'{"ticket": "' + b"8" * 3_000_000 + b'"}'

    assert call("rt", body, signed("rt", body)) == 413
