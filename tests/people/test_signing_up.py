import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.template.loader import get_template

from community.people.forms import SignUpForm
from community.people.models import Member
from community.threads.actions import post_reply
from community.threads.gate import HeldBack
from tests import make

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery staple"
FORM = {"email": "marit@fenwick.example", "username": "fenwick-it", "password1": PASSWORD}


def sign_up(client, **changes):
    return client.post("/accounts/signup/", FORM | changes)


def link_in(message) -> str:
    return re.search(r"https?://\S+", message.body)[0]


def test_a_person_signs_up_confirms_the_address_and_is_let_in(client, signed_in):
    assert sign_up(client).url == "/accounts/confirm-email/"
    assert "_auth_user_id" not in client.session
    client.post(link_in(mail.outbox[0]).removeprefix("http://127.0.0.1:8000"))

    signed_in("fenwick-it")

    member = Member.objects.get(pk=client.session["_auth_user_id"])
    assert (member.handle, member.email, member.role) == ("fenwick-it", "marit@fenwick.example", "customer")
    assert EmailAddress.objects.get(user=member).verified


def test_nobody_is_let_in_before_the_address_is_confirmed(client, signed_in):
    sign_up(client)

    assert signed_in("fenwick-it").url == "/accounts/confirm-email/"

    assert "_auth_user_id" not in client.session


def test_the_link_in_the_mail_names_our_site_whatever_host_was_asked(client, settings):
    settings.ALLOWED_HOSTS = ["*"]

    client.post("/accounts/signup/", FORM, headers={"host": "evil.example"})

    assert link_in(mail.outbox[0]).startswith(f"{settings.SITE_URL}/accounts/confirm-email/")
    assert "evil.example" not in mail.outbox[0].body + mail.outbox[0].subject


@pytest.mark.parametrize("handle", ["FENWICK-IT", "fenwick_it", "fenw1ck-lt", "fenvvick-it", "fenwickit"])
def test_a_handle_that_looks_like_one_that_is_taken_is_refused(client, handle):
    make.member(handle="Fenwick-IT")

    page = sign_up(client, username=handle)

    assert "looks like one that is" in page.content.decode()
    assert Member.objects.count() == 1


@pytest.mark.parametrize(
    "handle",
    ["admin", "Adm1n", "support", "former-member", "moderator_2", "relay-help", "desk-9", "settings", "anonymous"],
)
def test_a_handle_that_speaks_for_the_house_is_refused(client, handle):
    page = sign_up(client, username=handle)

    assert "reserved" in page.content.decode()
    assert not Member.objects.exists()


@pytest.mark.parametrize(
    "handle",
    ["ab", "a" * 31, "-dash", "_line", "with space", "ünal", "fеnwick", "a\u200bbc", "x@y.z", "a/b", "abc\x00"],
)
def test_a_handle_is_written_in_plain_letters(client, handle):
    page = sign_up(client, username=handle)

    assert page.status_code == 200
    assert page.context["form"].errors.keys() == {"username"}
    assert not Member.objects.exists()


def test_a_handle_that_reads_like_the_name_of_the_team_is_refused(client):
    make.member(handle="osier", name="Aoife Brannagh", role="moderator")

    page = sign_up(client, username="aoife-brannagh")

    assert page.context["form"].errors.keys() == {"username"}


def test_a_known_address_gets_the_same_answer_as_a_new_one_and_its_owner_a_mail(client):
    make.member(handle="owner-q", email=FORM["email"])

    answer = sign_up(client)

    assert (answer.status_code, answer.url) == (302, "/accounts/confirm-email/")
    assert Member.objects.count() == 1
    assert "already" in mail.outbox[0].body


def test_a_known_address_costs_a_password_hash_too(client, monkeypatch):
    make.member(handle="owner-q", email=FORM["email"])
    hashed = []
    monkeypatch.setattr("community.people.forms.make_password", hashed.append)

    sign_up(client)

    assert hashed == [PASSWORD]


@pytest.mark.parametrize("email", ["MARIT@fenwick.example", "Marit@Fenwick.Example"])
def test_an_address_is_one_address_in_any_case(client, email):
    make.member(handle="owner-q", email=FORM["email"])

    sign_up(client, email=email)

    assert Member.objects.count() == 1


def test_no_form_field_makes_a_member_more_than_a_customer(client):
    sign_up(
        client,
        is_staff="on",
        is_superuser="on",
        is_active="",
        role="administrator",
        trust="3",
        helped_count="99",
        groups="1",
        user_permissions="1",
        email_verified="on",
        verified="on",
        joined_at="2001-01-01",
        pk="1",
        id="777",
    )

    member = Member.objects.get()
    assert (member.role, member.trust, member.helped_count) == ("customer", 0, 0)
    assert (member.is_staff, member.is_superuser, member.is_active) == (False, False, True)
    assert (member.groups.count(), member.user_permissions.count(), member.joined_at.year > 2020) == (0, 0, True)
    assert not EmailAddress.objects.get().verified


def test_a_field_that_people_do_not_see_lets_nothing_of_the_account_be_read_before_somebody_looked(client):
    page = client.get("/accounts/signup/").text
    assert 'name="addition"' in page

    sign_up(client, addition="https://win.example")
    sign_up(client, username="honest", email="honest@fenwick.example")

    filled, honest = Member.objects.get(handle="fenwick-it"), Member.objects.get(handle="honest")
    assert (filled.held_accounts.get().signals, honest.held_accounts.count()) == (["trap"], 0)
    with pytest.raises(HeldBack):
        post_reply(by=filled, thread=make.thread(), body="Have a look at our seats.")
    assert post_reply(by=honest, thread=make.thread(), body="Have you tried another key?").number == 2


def test_who_signs_up_with_a_passkey_meets_the_same_field(rf):
    # Such accounts are not offered as the forum comes; whoever lets them in finds the field in their form.
    page = get_template("account/signup_by_passkey.html").template.source
    request = rf.post("/", {"addition": "https://win.example"})
    request.session = {}
    form = SignUpForm({"email": "marit@fenwick.example", "username": "fenwick-it"}, by_passkey=True)

    assert '{% include "components/trap.html" only %}' in page
    assert form.is_valid()
    assert form.save(request).held_accounts.get().signals == ["trap"]
