"""Calls from ticket systems: who really called, and about which ticket. What they say beside that is not believed.

Each signs the body with a secret that both sides know:

Request Tracker  webhook-id, webhook-timestamp, webhook-signature, as Standard Webhooks says; a scrip makes them
Zammad           X-Hub-Signature: sha1=…
Zendesk          X-Zendesk-Webhook-Signature over timestamp and body
Jira             X-Hub-Signature: sha256=…
GitHub           X-Hub-Signature-256: sha256=…
"""

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from community import clock

# Clocks differ; whoever recorded a call to play it again takes longer.
TOLERANCE = timedelta(minutes=5)


class Forged(Exception):
    """The signature is missing, wrong or too old."""


class Unreadable(Exception):
    """Signed, and not about a ticket."""


@dataclass(frozen=True)
class Call:
    """`signature` is the same for the same call only; `references` are what the system calls the ticket."""

    signature: str
    references: list[str]


def heard(kind: str, *, secret: str, queue: str, headers: Mapping[str, str], body: bytes) -> Call:
    """Raises Forged, Unreadable."""
    lower = {name.lower(): value for name, value in headers.items()}
    signature = SIGNED[kind](secret, lower, body)
    try:
        told = json.loads(body)
        references = ABOUT[kind](told, queue)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as trouble:
        raise Unreadable(str(trouble)) from trouble
    # A call that says the same in the same words is the same call, whatever its unsigned headers say.
    once = hashlib.sha256(f"{kind}:{signature}".encode()).hexdigest()
    return Call(once, [str(reference)[:80] for reference in references if isinstance(reference, int | str)])


def by_standard(secret: str, headers: Mapping[str, str], body: bytes) -> str:
    try:
        key = secret if secret.startswith("whsec_") else secret.encode()
        Webhook(key).verify(body, dict(headers), json_parse=False)
    except (WebhookVerificationError, ValueError, RuntimeError) as trouble:
        raise Forged(str(trouble)) from trouble
    return f"{headers['webhook-id']}.{headers['webhook-timestamp']}"


def by_zendesk(secret: str, headers: Mapping[str, str], body: bytes) -> str:
    stamp = headers.get("x-zendesk-webhook-signature-timestamp", "")
    try:
        at = datetime.fromisoformat(stamp)
        is_now = abs(clock.now() - at) <= TOLERANCE
        given = base64.b64decode(headers.get("x-zendesk-webhook-signature", ""), validate=True)
    except (ValueError, TypeError, binascii.Error) as trouble:
        raise Forged("no time or no signature") from trouble
    expected = hmac.new(secret.encode(), stamp.encode() + body, hashlib.sha256).digest()
    if not is_now or not hmac.compare_digest(given, expected):
        raise Forged("wrong or too old")
    return expected.hex()


def by_hub(header: str, digest: str) -> Any:
    def check(secret: str, headers: Mapping[str, str], body: bytes) -> str:
        expected = f"{digest}={hmac.new(secret.encode(), body, digest).hexdigest()}"
        if not hmac.compare_digest(headers.get(header, "").encode(), expected.encode()):
            raise Forged("wrong")
        return expected

    return check


def github_issue(told: Any, queue: str) -> list[Any]:
    # One secret may serve several repositories; their issues have the same numbers.
    if told["repository"]["full_name"].lower() != queue.lower():
        return []
    return [told["issue"]["number"]]


SIGNED = {
    "rt": by_standard,
    "zammad": by_hub("x-hub-signature", "sha1"),
    "zendesk": by_zendesk,
    "jira": by_hub("x-hub-signature", "sha256"),
    "github": by_hub("x-hub-signature-256", "sha256"),
}
ABOUT = {
    "rt": lambda told, queue: [told["ticket"]],
    "zammad": lambda told, queue: [told["ticket"]["id"]],
    "zendesk": lambda told, queue: [told["detail"]["id"] if "detail" in told else told["ticket"]],
    "jira": lambda told, queue: [told["issue"]["key"]],
    "github": github_issue,
}
