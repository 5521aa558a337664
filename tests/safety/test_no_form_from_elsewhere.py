"""Every address is walked, also those that nobody has thought of when this was written."""

import pytest
from django.test import Client
from django.urls import Resolver404, resolve

from community.people.models import Role
from tests import make
from tests.safety.addresses import everywhere

pytestmark = pytest.mark.django_db

# Ticket systems call the one: each call is signed, and makes us look at a ticket, nothing else. Mail programs press the
# other: the address is signed, and ends mail of one kind to one member, nothing else.
SIGNED = ("/tickets/hooks/", "/inbox/mail/stop/")


@pytest.fixture
def careful() -> Client:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(make.member(role=Role.ADMINISTRATOR, is_staff=True, is_superuser=True))
    return browser


def reachable() -> list[str]:
    found = set()
    for address, _ in everywhere():
        try:
            resolve(address)
        except Resolver404:
            continue
        if not address.startswith(SIGNED):
            found.add(address)
    return sorted(found)


def test_the_walk_comes_everywhere():
    addresses = reachable()

    assert {"/ask/", "/threads/1/reply/", "/posts/1/accept/", "/accounts/login/", "/preview/"} <= set(addresses)
    assert len(addresses) > 300


def test_nothing_is_taken_without_the_forms_own_token(careful: Client):
    taken = [address for address in reachable() if careful.post(address, {"body": "hello"}).status_code != 403]

    assert taken == []


def test_nothing_is_taken_from_another_site_even_with_a_token(careful: Client):
    careful.get("/accounts/email/")
    token = careful.cookies["csrftoken"].value

    taken = [
        address
        for address in reachable()
        if careful.post(address, {"csrfmiddlewaretoken": token}, headers={"origin": "https://evil.example"}).status_code
        != 403
    ]

    assert taken == []


def test_no_view_has_been_excused():
    """But for the editors' own API, which only reads, and for what is signed."""
    excused = [
        address
        for address, pattern in everywhere()
        if getattr(pattern.callback, "csrf_exempt", False) and not address.startswith(("/cms/api/", *SIGNED))
    ]

    assert excused == []
