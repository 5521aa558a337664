"""Many people take the last seat of a plan in the same moment, by every door there is; it is given away once."""

from functools import partial

import pytest

from community.organisations.actions import accept_invitation, end_seat, give_seat, invite, swap_seats
from community.organisations.models import Invitation, Organisation, Seat
from community.policy import Refusal
from tests import make
from tests.concurrency.sizes import SOAK

pytestmark = pytest.mark.django_db(transaction=True)

SEATS = 10
ROUNDS = 3 * SOAK
REFUSED = "refused"


def tried(act, **what) -> str:
    try:
        act(**what)
    except Refusal:
        return REFUSED
    return "done"


def callers(organisation: Organisation) -> int:
    return Seat.objects.standing().callers().filter(organisation=organisation).count()


@pytest.fixture
def nearly_full() -> Organisation:
    """Nine of its ten named callers are there."""
    organisation = make.organisation(callers=SEATS)
    for _ in range(SEATS - 1):
        make.seat(organisation)
    return organisation


def test_of_many_who_are_given_the_tenth_seat_one_gets_it(at_once, nearly_full):
    people = [make.member() for _ in range(6)]
    manager = nearly_full.account_manager

    said = at_once(
        [
            partial(tried, give_seat, by=manager, organisation=nearly_full, member=member, kind="caller")
            for member in people
        ]
    )

    assert said.count("done") == 1
    assert callers(nearly_full) == SEATS


def test_an_accepted_invitation_and_a_given_seat_do_not_both_become_the_tenth(at_once, nearly_full):
    manager, invited, other = nearly_full.account_manager, make.member(), make.member()
    offer = invite(by=manager, organisation=nearly_full, email=invited.email, kind="caller")

    said = at_once(
        [
            partial(tried, accept_invitation, by=invited, invitation=offer),
            partial(tried, give_seat, by=manager, organisation=nearly_full, member=other, kind="caller"),
        ]
    )

    assert said.count("done") == 1
    assert callers(nearly_full) == SEATS
    # Whose seat went to somebody else keeps the offer, for when one is free again.
    taken = Seat.objects.standing().filter(member=invited).exists()
    assert Invitation.objects.filter(pk=offer.pk, used_at=None).exists() is not taken


def test_an_invitation_that_is_pressed_in_many_tabs_makes_one_seat(at_once, nearly_full):
    invited = make.member()
    offer = invite(by=nearly_full.account_manager, organisation=nearly_full, email=invited.email, kind="caller")

    said = at_once([partial(tried, accept_invitation, by=invited, invitation=offer) for _tab in range(6)])

    assert said.count("done") == 1
    assert Seat.objects.filter(member=invited).count() == 1


def test_of_many_invitations_to_the_last_seat_one_goes_out(at_once, nearly_full):
    manager = nearly_full.account_manager

    said = at_once(
        [
            partial(tried, invite, by=manager, organisation=nearly_full, email=f"new-{n}@example.com", kind="caller")
            for n in range(6)
        ]
    )

    assert said.count("done") == 1
    assert Invitation.objects.count() == 1


def test_swaps_and_ends_of_the_same_seat_leave_each_person_one_seat_and_the_history_whole(at_once, nearly_full):
    manager = nearly_full.account_manager
    for _ in range(ROUNDS):
        caller = Seat.objects.standing().callers().filter(organisation=nearly_full).first()
        readers = [make.seat(nearly_full, kind="reader") for _ in range(3)]

        said = at_once(
            [
                *[partial(tried, swap_seats, by=manager, caller=caller, reader=reader) for reader in readers],
                partial(tried, end_seat, by=manager, seat=caller),
            ]
        )

        assert said.count("done") == 1
        assert callers(nearly_full) <= SEATS
    rows = Seat.objects.filter(organisation=nearly_full)
    assert rows.standing().count() == rows.standing().values("member").distinct().count()
    assert not rows.ended().filter(ended_by=None).exists()
