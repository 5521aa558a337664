import json
import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache
from django.test import Client

from cms import brand
from tests import make

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery staple"


@pytest.fixture
def tallow():
    member = make.member(handle="tallow", email="tallow@wick.example", password=PASSWORD)
    EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
    return member


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


@pytest.fixture
def signed_in_surely(client, signed_in, tallow):
    signed_in("tallow")
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


def activate(browser) -> str:
    secret = browser.get("/accounts/2fa/totp/activate/").context["form"].secret
    browser.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)})
    return secret


def test_with_a_second_factor_the_password_alone_lets_nobody_in(signed_in_surely, signed_in, tallow):
    secret = activate(signed_in_surely)
    phone = Client()

    assert signed_in("tallow", browser=phone).url == "/accounts/2fa/authenticate/"
    assert "_auth_user_id" not in phone.session
    phone.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert "_auth_user_id" not in phone.session

    # The code that switched it on is used up for half a minute; the cache remembers it.
    cache.clear()
    phone.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})
    assert phone.session["_auth_user_id"] == str(tallow.pk)


def test_a_recovery_code_lets_in_once(signed_in_surely, signed_in, tallow):
    activate(signed_in_surely)
    codes = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    assert len(codes) == 10

    for browser, lets_in in ((Client(), True), (Client(), False)):
        signed_in("tallow", browser=browser)
        browser.post("/accounts/2fa/authenticate/", {"code": codes[0]})
        assert ("_auth_user_id" in browser.session) is lets_in


def test_seeds_of_second_factors_are_not_readable_in_the_database(signed_in_surely, settings):
    secret = activate(signed_in_surely)
    kept = Authenticator.objects.get(type="totp")

    assert secret not in json.dumps(kept.data)

    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a new one"
    assert kept.wrap().validate_code(code_of(secret))


def test_a_passkey_is_asked_for_by_a_challenge(client):
    challenge = client.get("/accounts/2fa/webauthn/login/", headers={"x-requested-with": "XMLHttpRequest"})

    assert challenge.json()["request_options"]["publicKey"]["rpId"] == "testserver"


MADE_UP = [
    "",
    "{}",
    "null",
    "[]",
    "[[]]",
    "7",
    "\x00",
    "{",
    '{"id": 1}',
    '{"id": "", "rawId": "", "type": "public-key", "response": {}}',
    '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {"userHandle": "\u00e9"}}',
    '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {"userHandle": "MQ", "clientDataJSON": "e30",'
    ' "authenticatorData": "AA", "signature": "AA", "attestationObject": "AA"}, "clientExtensionResults": {}}',
]


@pytest.mark.parametrize("credential", MADE_UP)
def test_a_made_up_passkey_lets_nobody_in(client, tallow, credential):
    client.get("/accounts/2fa/webauthn/login/", headers={"x-requested-with": "XMLHttpRequest"})

    assert client.post("/accounts/2fa/webauthn/login/", {"credential": credential}).status_code == 302

    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("credential", MADE_UP)
def test_a_made_up_passkey_is_not_added(signed_in_surely, credential):
    signed_in_surely.get("/accounts/2fa/webauthn/add/")

    page = signed_in_surely.post("/accounts/2fa/webauthn/add/", {"name": "Key", "credential": credential})

    assert page.status_code == 200
    assert not Authenticator.objects.exists()


def test_the_key_is_offered_under_the_name_of_the_house(signed_in_surely):
    page = signed_in_surely.get("/accounts/2fa/totp/activate/")

    assert "issuer=Relay%20Community" in page.context["totp_url"]


def test_what_editors_call_the_house_stands_beside_its_codes_and_passkeys(signed_in_surely):
    brand.hold(brand.Brand(name="Orchard"))

    code = signed_in_surely.get("/accounts/2fa/totp/activate/")
    passkey = signed_in_surely.get("/accounts/2fa/webauthn/add/")

    assert "issuer=Orchard" in code.context["totp_url"]
    assert passkey.context["js_data"]["creation_options"]["publicKey"]["rp"]["name"] == "Orchard"


PAGES = [
    "login/", "signup/", "password/reset/", "password/reset/done/", "password/reset/key/done/",
    "password/reset/key/x-y/", "confirm-email/", "confirm-email/made-up/", "inactive/",
]  # fmt: skip
PAGES_OF_MEMBERS = [
    "logout/", "email/", "password/change/", "reauthenticate/", "2fa/", "2fa/totp/activate/", "2fa/totp/deactivate/",
    "2fa/recovery-codes/", "2fa/recovery-codes/generate/", "2fa/webauthn/", "2fa/webauthn/add/", "sessions/",
]  # fmt: skip

INLINE = re.compile(r"<script(?![^>]*(?:src=|application/json))|<style|\sstyle=|\son[a-z]+=|javascript:")


@pytest.mark.parametrize("place", PAGES)
def test_every_page_of_an_account_is_ours(client, place):
    page = client.get(f"/accounts/{place}")

    assert page.status_code == 200
    assert b'class="mast"' in page.content
    assert not INLINE.findall(page.content.decode())


@pytest.mark.parametrize("place", PAGES_OF_MEMBERS)
@pytest.mark.parametrize("protected", [False, True])
def test_every_page_of_a_members_account_is_ours(signed_in_surely, place, protected):
    if protected:
        activate(signed_in_surely)

    page = signed_in_surely.get(f"/accounts/{place}", follow=True)

    without_anything_to_show = not protected and place in {"2fa/totp/deactivate/", "2fa/recovery-codes/"}
    assert page.status_code == (404 if without_anything_to_show else 200)
    assert b'class="mast"' in page.content
    assert not INLINE.findall(page.content.decode())
