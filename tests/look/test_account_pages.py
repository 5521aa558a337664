"""Every page about an account is in the house's frame, whoever wrote it."""

import pytest
from django.urls import reverse

from tests import make

pytestmark = pytest.mark.django_db

AT_THE_DOOR = [
    "account_login",
    "account_signup",
    "account_reset_password",
    "account_reset_password_done",
    "account_email_verification_sent",
    "account_inactive",
]
AT_HOME = [
    "account_email",
    "account_change_password",
    "account_logout",
    "account_reauthenticate",
    "mfa_index",
    "usersessions_list",
]


@pytest.mark.parametrize("name", AT_THE_DOOR)
def test_a_page_at_the_door_has_one_heading_and_the_masthead(client, name):
    page = client.get(reverse(name)).content.decode()

    assert page.count("<h1") == 1
    assert 'class="mast"' in page


@pytest.mark.parametrize("name", AT_HOME)
def test_a_page_about_ones_account_has_one_heading_and_the_masthead(client, name):
    client.force_login(make.member("fenwick", password="a long phrase"))
    page = client.get(reverse(name)).content.decode()

    assert page.count("<h1") == 1
    assert 'class="mast"' in page


def test_a_wrong_sign_in_keeps_the_name_and_says_what_is_wrong(client):
    page = client.post(reverse("account_login"), {"login": "fenwick", "password": "wrong"}).content.decode()

    assert 'value="fenwick"' in page
    assert "The e-mail address or handle, or the password, is not right." in page
