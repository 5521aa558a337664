"""A customer company, the people who speak for it, and who of us looks after it."""

from types import SimpleNamespace

import pytest

from community.organisations.actions import give_seat
from community.people.models import Member, Role
from tests import make


@pytest.fixture
def keeper() -> Member:
    return make.member("keeper-of-all", role=Role.ADMINISTRATOR, is_staff=True, is_superuser=True)


@pytest.fixture
def founded(keeper):
    """Makes an organisation; whatever is not said is boring."""

    def found(name: str = "Fenwick Freight", **details):
        return make.organisation(name, **details)

    return found


@pytest.fixture
def fenwick(founded, keeper):
    """An organisation with somebody in each kind of seat."""
    organisation = founded(deputy=make.member(role=Role.AGENT))
    people = SimpleNamespace(
        organisation=organisation,
        caller=make.member("marit"),
        reader=make.member("jonas"),
        administrator=make.member("wanda"),
        manager=organisation.account_manager,
        deputy=organisation.deputy,
    )
    give_seat(by=keeper, organisation=organisation, member=people.caller, kind="caller")
    give_seat(by=keeper, organisation=organisation, member=people.reader, kind="reader")
    give_seat(by=keeper, organisation=organisation, member=people.administrator, kind="reader", manages=True)
    return people


def seat_of(member, organisation):
    return member.seats.standing().get(organisation=organisation)
