"""A password is taken at one address, with its limits and its second factor; and only pressing changes anything."""

import pytest
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import Resolver404, resolve

from tests import make
from tests.safety.addresses import everywhere
from tests.safety.stage import PRESSES
from tests.safety.test_only_what_a_form_asks_for import browser_of, every_row, told

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery staple"


def test_a_password_is_taken_at_one_address_only():
    member = make.member("somebody", password=PASSWORD, role="administrator", is_staff=True, is_superuser=True)
    member.emailaddress_set.create(email=member.email, verified=True, primary=True)
    said = dict.fromkeys(("login", "username", "handle", "email", "auth-username"), "somebody")
    said |= {"email": member.email} | dict.fromkeys(("password", "password1", "auth-password"), PASSWORD)

    doors = set()
    for address, _pattern in everywhere():
        try:
            resolve(address)
        except Resolver404:
            continue
        browser = Client(raise_request_exception=False)
        browser.post(address, said)
        if SESSION_KEY in browser.session:
            doors.add(address)

    assert doors == {"/accounts/login/"}


def test_a_page_for_signed_in_readers_sends_strangers_to_that_address(client):
    assert client.get("/_util/login/?next=/help/").headers["Location"] == "/accounts/login/?next=/help/"


@pytest.mark.parametrize("press", PRESSES, ids=lambda press: press.name)
def test_looking_at_what_takes_a_press_changes_nothing(press, stage):
    # Asking where it is pressed may put there what is pressed.
    browser, address = browser_of(stage, press.who), press.address(stage)
    before = {where: told(row, set()) for where, row in every_row().items()}

    answer = browser.get(address)

    assert answer.status_code in (200, 403, 405)
    assert {where: told(row, set()) for where, row in every_row().items()} == before


def test_reading_as_a_visitor_leaves_no_session(client):
    thread = make.thread()

    for path in ("/threads/", thread.get_absolute_url(), "/search/?q=key", f"/posts/{thread.posts.get().pk}/history/"):
        client.get(path)

    assert not Session.objects.exists()
