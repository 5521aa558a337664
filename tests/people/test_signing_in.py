import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client

from tests import make

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery staple"


@pytest.fixture
def tallow():
    member = make.member(handle="Tallow", email="tallow@wick.example", password=PASSWORD)
    EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
    return member


@pytest.mark.parametrize("login", ["Tallow", "tallow", "TALLOW", "tallow@wick.example", "Tallow@Wick.example"])
def test_handle_or_address_in_any_case_signs_in(client, signed_in, tallow, login):
    signed_in(login)

    assert client.session["_auth_user_id"] == str(tallow.pk)


@pytest.mark.parametrize("login", ["tal1ow", "ta_llow", "tallow@wıck.example"])
def test_what_only_looks_like_it_does_not_sign_in(client, signed_in, tallow, login):
    signed_in(login)

    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(("known", "unknown"), [("tallow", "nobody-h"), ("tallow@wick.example", "nobody@wick.example")])
def test_a_wrong_password_and_an_unknown_person_get_the_same_answer(signed_in, tallow, known, unknown):
    wrong, nobody = (signed_in(login, "wrong") for login in (known, unknown))

    assert wrong.status_code == nobody.status_code == 200
    assert wrong.context["form"].errors == nobody.context["form"].errors
    assert abs(len(wrong.content) - len(nobody.content.replace(unknown.encode(), known.encode()))) <= 64


@pytest.mark.parametrize(("known", "unknown"), [("tallow", "nobody-h"), ("tallow@wick.example", "nobody@wick.example")])
def test_a_wrong_password_and_an_unknown_person_cost_one_hash_each(signed_in, tallow, monkeypatch, known, unknown):
    """The hash takes nearly all of the time, so that its count is what a stopwatch would tell."""
    hashed = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *said: hashed.append(said[1]) or encode(*said))

    for login in (known, unknown):
        signed_in(login, "wrong")

    assert hashed == ["wrong", "wrong"]


def test_the_session_changes_its_key_when_somebody_signs_in(client, signed_in, tallow):
    session = client.session
    session["before"] = "kept"
    session.save()
    before = session.session_key

    signed_in("tallow")

    assert client.session.session_key != before
    assert not client.session.exists(before)


def test_signing_out_ends_the_session_and_says_so(client, signed_in, tallow, said):
    from community.people import sessions
    from community.people.events import SignedOut

    signed_in("tallow")
    key = client.session.session_key

    client.post("/accounts/logout/")

    assert not client.session.exists(key)
    assert said == [SignedOut(member_id=tallow.pk, session=sessions.mark(key))]


def test_signing_out_takes_a_post(client, signed_in, tallow):
    signed_in("tallow")

    client.get("/accounts/logout/")

    assert "_auth_user_id" in client.session


def test_after_five_wrong_passwords_the_right_one_has_to_wait(settings, signed_in, client, tallow):
    settings.ACCOUNT_RATE_LIMITS = {}
    for _ in range(5):
        signed_in("tallow", "wrong")

    signed_in("tallow")

    assert "_auth_user_id" not in client.session


def test_thirty_tries_a_minute_from_one_address_are_enough(settings, signed_in):
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": None}

    answers = [signed_in(f"nobody-{number}", "wrong").status_code for number in range(31)]

    assert answers == [200] * 30 + [429]


@pytest.mark.parametrize("junk", ["", "\x00", "a" * 10_000, "☃", "@", "' OR 1=1 --"])
def test_junk_is_answered_with_a_form(signed_in, junk):
    assert signed_in(junk, "wrong").status_code == 200


def test_where_to_go_after_signing_in_is_ours(signed_in, client, tallow):
    answer = client.post("/accounts/login/?next=//evil.example/", {"login": "tallow", "password": PASSWORD})

    assert answer.url == "/"


def test_a_deactivated_member_is_told_so_and_not_let_in(client, signed_in, tallow):
    tallow.is_active = False
    tallow.save()

    assert signed_in("tallow").url == "/accounts/inactive/"

    assert "_auth_user_id" not in client.session


def test_two_browsers_have_two_sessions(signed_in, tallow):
    browsers = Client(), Client()
    for browser in browsers:
        signed_in("tallow", browser=browser)

    assert len({browser.session.session_key for browser in browsers}) == 2
