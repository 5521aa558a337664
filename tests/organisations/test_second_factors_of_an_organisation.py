"""An organisation lets its people in with a second factor only, by every way in; its own administrator decides."""

import pytest
from allauth.mfa.models import Authenticator

from community.organisations.actions import ask_for_second_factors
from community.people.models import Role
from community.policy import NotAllowed
from community.threads.models import Thread
from tests import make

pytestmark = pytest.mark.django_db


def give_second_factor(member) -> None:
    Authenticator.objects.create(user=member, type=Authenticator.Type.TOTP, data={"secret": "x"})


@pytest.fixture
def company():
    return make.organisation("Fenwick")


@pytest.fixture
def manager(company):
    return make.seat(company, manages=True).member


def test_whoever_has_none_stands_outside_and_is_told_what_to_do(company, manager, visiting_as):
    caller = make.seat(company).member
    thread = make.thread(by=caller, organisation=company, space=make.space())
    give_second_factor(manager)

    answer = visiting_as(manager).post(f"/organisations/{company.slug}/second-factor/", {"ask": "yes"})

    assert answer.status_code == 302
    browser = visiting_as(caller)
    for address in (
        company.get_absolute_url(),
        thread.get_absolute_url(),
        f"/organisations/{company.slug}/requests/new/",
    ):
        assert browser.get(address).status_code == 404
    assert not Thread.objects.visible_to(caller).filter(pk=thread.pk).exists()
    page = browser.get("/organisations/").content.decode()
    assert "lets its people in with a second factor only" in page
    give_second_factor(caller)
    assert browser.get(thread.get_absolute_url()).status_code == 200
    assert browser.get("/organisations/").status_code == 302


def test_nobody_locks_himself_out(company, manager, visiting_as):
    with pytest.raises(NotAllowed, match="your own second factor first"):
        ask_for_second_factors(by=manager, organisation=company, asked=True)

    company.refresh_from_db()
    assert company.second_factor_since is None
    page = visiting_as(manager).get(f"/organisations/{company.slug}/people/").content.decode()
    assert "Set up your own second factor first" in page


def test_it_is_taken_back_and_recovery_codes_alone_are_none(company, manager, visiting_as):
    give_second_factor(manager)
    reader = make.seat(company, kind="reader").member
    Authenticator.objects.create(user=reader, type=Authenticator.Type.RECOVERY_CODES, data={"seed": "x"})
    ask_for_second_factors(by=manager, organisation=company, asked=True)
    assert visiting_as(reader).get(company.get_absolute_url()).status_code == 404

    visiting_as(manager).post(f"/organisations/{company.slug}/second-factor/", {"ask": "no"})

    assert visiting_as(reader).get(company.get_absolute_url()).status_code == 200


def test_only_those_who_manage_seats_ask_for_it(company, visiting_as):
    caller, stranger, agent = make.seat(company).member, make.member(), make.member(role=Role.AGENT)
    address = f"/organisations/{company.slug}/second-factor/"

    statuses = [visiting_as(who).post(address, {"ask": "yes"}).status_code for who in (caller, stranger, agent)]

    assert statuses == [403, 404, 403]
    assert visiting_as(company.account_manager).post(address, {"ask": "yes"}).status_code == 302
