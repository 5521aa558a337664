import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from allauth.usersessions.models import UserSession
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core import mail
from django.test import Client

from community.people import actions, sessions
from community.people.events import MemberDeactivated, RoleChanged, SignedOut
from tests import make

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery staple"
NEW = "seventeen purple otters"


@pytest.fixture
def tallow():
    member = make.member(handle="tallow", email="tallow@wick.example", password=PASSWORD)
    EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
    return member


@pytest.fixture
def phone(signed_in, tallow):
    browser = Client()
    signed_in("tallow", browser=browser)
    return browser


def is_in(browser) -> bool:
    return browser.get("/people/settings/").status_code == 200


def test_a_new_password_ends_every_other_session(client, signed_in, tallow, phone, said):
    signed_in("tallow")

    client.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})

    assert is_in(client)
    assert not is_in(phone)
    assert SignedOut(member_id=tallow.pk) in said


def test_a_reset_password_ends_every_session_and_the_link_works_once(client, tallow, phone, said):
    client.post("/accounts/password/reset/", {"email": tallow.email})
    link = re.search(r"http://127.0.0.1:8000(\S+)", mail.outbox[0].body)[1]
    form = client.get(link).url

    client.post(form, {"password1": NEW, "password2": NEW})

    assert not is_in(phone)
    assert SignedOut(member_id=tallow.pk) in said
    tallow.refresh_from_db()
    assert tallow.check_password(NEW)
    Client().post(link, {"password1": "another one entirely", "password2": "another one entirely"})
    tallow.refresh_from_db()
    assert tallow.check_password(NEW)


def test_a_link_to_a_new_password_has_an_end_also_when_the_form_was_opened_before(client, tallow, monkeypatch):
    client.post("/accounts/password/reset/", {"email": tallow.email})
    link = re.search(r"http://127.0.0.1:8000(\S+)", mail.outbox[0].body)[1]
    form = client.get(link).url
    now = PasswordResetTokenGenerator()._now()
    monkeypatch.setattr(PasswordResetTokenGenerator, "_now", lambda _: now + timedelta(minutes=61))

    client.post(form, {"password1": NEW, "password2": NEW})

    tallow.refresh_from_db()
    assert tallow.check_password(PASSWORD)


def test_a_link_to_a_new_password_is_for_one_person(client, tallow):
    other = make.member(handle="osier", email="osier@relay.example", password=PASSWORD)
    client.post("/accounts/password/reset/", {"email": tallow.email})
    link = re.search(r"http://127.0.0.1:8000(\S+)", mail.outbox[0].body)[1]
    bent = re.sub(r"key/[^-]+-", f"key/{user_pk_to_url_str(other)}-", link)

    client.post(bent, {"password1": NEW, "password2": NEW}, follow=True)

    for member in (tallow, other):
        member.refresh_from_db()
        assert member.check_password(PASSWORD)


@pytest.mark.parametrize("typed", ["tallow@wıck.example", "tallow@wic\u212a.example", "taIIow@wick.example"])
def test_a_link_goes_only_to_the_address_we_know(client, tallow, typed):
    client.post("/accounts/password/reset/", {"email": typed})

    assert {message.to[0] for message in mail.outbox if "/password/reset/key/" in message.body} <= {tallow.email}


def test_a_reset_answers_the_same_for_known_and_unknown_addresses(client, tallow):
    known = client.post("/accounts/password/reset/", {"email": tallow.email})
    unknown = client.post("/accounts/password/reset/", {"email": "nobody@wick.example"})

    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert [message.to for message in mail.outbox] == [[tallow.email], ["nobody@wick.example"]]


def test_a_member_ends_a_session_from_the_list(client, signed_in, tallow, phone, said):
    signed_in("tallow")
    lost = UserSession.objects.exclude(session_key=client.session.session_key).get()

    client.post("/accounts/sessions/", {})

    assert is_in(client)
    assert not is_in(phone)
    assert said == [SignedOut(member_id=tallow.pk, session=sessions.mark(lost.session_key))]


def test_a_new_role_begins_with_a_new_sign_in(people, tallow, phone, said):
    actions.set_role(by=people.administrator, member=tallow, role="moderator")

    assert not is_in(phone)
    assert said == [
        SignedOut(member_id=tallow.pk),
        RoleChanged(member_id=tallow.pk, by_id=people.administrator.pk, was="customer", became="moderator"),
    ]


def test_deactivation_ends_every_session(people, tallow, phone, said):
    actions.deactivate(by=people.administrator, member=tallow, because="Sold the account.")

    assert not is_in(phone)
    assert said == [
        SignedOut(member_id=tallow.pk),
        MemberDeactivated(member_id=tallow.pk, by_id=people.administrator.pk),
    ]


def test_also_sessions_that_nobody_listed_end(people, tallow):
    browser = Client()
    browser.force_login(tallow)
    assert not UserSession.objects.exists()

    actions.set_role(by=people.administrator, member=tallow, role="agent")

    assert not is_in(browser)


def test_proving_who_you_are_gives_the_session_a_new_key(client, signed_in, tallow, said):
    signed_in("tallow")
    before = client.session.session_key

    client.post("/accounts/reauthenticate/", {"password": PASSWORD})

    assert client.session.session_key != before
    assert is_in(client)
    assert UserSession.objects.get().session_key == client.session.session_key
    assert said == [SignedOut(member_id=tallow.pk, session=sessions.mark(before))]


def test_a_changed_address_is_ours_only_once_confirmed(client, signed_in, tallow):
    signed_in("tallow")
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})

    client.post("/accounts/email/", {"email": "new@wick.example", "action_add": ""})

    tallow.refresh_from_db()
    assert tallow.email == "tallow@wick.example"
    link = next(
        re.search(r"http://127.0.0.1:8000(/accounts/confirm-email/\S+)", message.body)[1]
        for message in mail.outbox
        if message.to == ["new@wick.example"]
    )
    client.post(link)
    tallow.refresh_from_db()
    assert tallow.email == "new@wick.example"


def test_sensitive_pages_ask_who_you_are(client, tallow):
    client.force_login(tallow)

    assert client.get("/accounts/2fa/totp/activate/").url.startswith("/accounts/reauthenticate/")


def test_a_session_is_never_named_by_its_key(client, signed_in, tallow):
    signed_in("tallow")
    key = client.session.session_key

    assert key not in sessions.mark(key)
    assert sessions.mark(None) == ""
