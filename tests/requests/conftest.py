"""An organisation with somebody in each kind of seat, and a request it has opened."""

from datetime import date

import pytest

from community.organisations.actions import give_seat
from community.requests.actions import open_request
from tests import make
from tests.organisations.conftest import fenwick, founded, keeper

__all__ = ["fenwick", "founded", "keeper"]


@pytest.fixture
def opened(fenwick):
    """Opens a request of Fenwick Freight; whatever is not said is boring."""

    def open_one(*, by=None, **details):
        details = {
            "organisation": fenwick.organisation,
            "space": details.pop("space", None) or make.space(),
            "title": "The night run stops at half past two",
            "body": "Since the update it stops with error 81.",
        } | details
        return open_request(by=by or fenwick.caller, **details)

    return open_one


@pytest.fixture
def rival(founded, keeper):
    """Somebody who speaks for another organisation."""
    member = make.member("rivalry")
    harbour = founded("Harbour Dental", expires_on=date(2037, 1, 1))
    give_seat(by=keeper, organisation=harbour, member=member, kind="caller")
    return member
