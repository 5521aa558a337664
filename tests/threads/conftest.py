"""The people of a thread."""

from collections.abc import Callable

import pytest
from django.test import Client

from community.people.models import Member, Role
from tests import make


@pytest.fixture
def customer() -> Member:
    return make.member("fenwick")


@pytest.fixture
def peer() -> Member:
    return make.member("tallow", helped_count=212)


@pytest.fixture
def moderator() -> Member:
    return make.member("osier", role=Role.MODERATOR)


@pytest.fixture
def agent() -> Member:
    return make.member("desk-two", role=Role.AGENT)


@pytest.fixture
def visiting_as() -> Callable[[Member | None], Client]:
    """A browser in which this member is signed in; None for a visitor."""

    def visiting(member: Member | None) -> Client:
        client = Client()
        if member is not None:
            client.force_login(member)
        return client

    return visiting
