"""Named callers up to the plan's number, secondary access beside them, and a history of who had which."""

from datetime import date

import pytest

from community.organisations.actions import edit_organisation, end_seat, give_seat, swap_seats
from community.organisations.models import Plan, Seat
from community.organisations.policies import may_open_requests
from community.policy import Invalid, NotAllowed, OutOfStep
from tests import make
from tests.organisations.conftest import seat_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)


def kinds(organisation) -> list[tuple[str, str]]:
    standing = Seat.objects.standing().filter(organisation=organisation).select_related("member")
    return sorted((seat.member.handle, seat.kind) for seat in standing)


def test_the_plan_says_how_many_speak_for_an_organisation(founded, keeper):
    organisation = founded(callers=2)
    for _ in range(2):
        give_seat(by=keeper, organisation=organisation, member=make.member(), kind="caller")

    with pytest.raises(Invalid, match="2 seats for named callers and all are taken"):
        give_seat(by=keeper, organisation=organisation, member=make.member(), kind="caller")

    assert Seat.objects.count() == 2


def test_secondary_access_takes_no_seat_of_a_caller(founded, keeper):
    organisation = founded(callers=1)
    give_seat(by=keeper, organisation=organisation, member=make.member(), kind="caller")

    for _ in range(3):
        give_seat(by=keeper, organisation=organisation, member=make.member(), kind="reader")

    assert Seat.objects.standing().readers().count() == 3


def test_a_larger_plan_holds_at_once(founded, keeper):
    organisation = founded(callers=1)
    give_seat(by=keeper, organisation=organisation, member=make.member(), kind="caller")
    enhanced = Plan.objects.create(name="Enhanced", caller_seats=10)

    edit_organisation(by=keeper, organisation=organisation, plan=enhanced)

    give_seat(by=keeper, organisation=organisation, member=make.member(), kind="caller")


def test_swapping_works_when_all_seats_are_taken_and_keeps_the_history(founded, keeper):
    organisation = founded(callers=1)
    marit, jonas = make.member("marit"), make.member("jonas")
    caller = give_seat(by=keeper, organisation=organisation, member=marit, kind="caller")
    reader = give_seat(by=keeper, organisation=organisation, member=jonas, kind="reader")

    swap_seats(by=keeper, caller=caller, reader=reader)

    assert kinds(organisation) == [("jonas", "caller"), ("marit", "reader")]
    ended = Seat.objects.ended().order_by("pk")
    assert [(seat.member.handle, seat.kind, seat.ended_by) for seat in ended] == [
        ("marit", "caller", keeper),
        ("jonas", "reader", keeper),
    ]


def test_swapping_with_somebody_of_another_organisation_changes_nothing(founded, keeper):
    fenwick, harbour = founded("Fenwick"), founded("Harbour")
    caller = give_seat(by=keeper, organisation=fenwick, member=make.member("marit"), kind="caller")
    reader = give_seat(by=keeper, organisation=harbour, member=make.member("jonas"), kind="reader")

    with pytest.raises(Invalid, match="same organisation"):
        swap_seats(by=keeper, caller=caller, reader=reader)

    assert (kinds(fenwick), kinds(harbour)) == ([("marit", "caller")], [("jonas", "reader")])


def test_a_seat_ends_once(fenwick, keeper):
    seat = seat_of(fenwick.caller, fenwick.organisation)
    end_seat(by=keeper, seat=seat)

    with pytest.raises(OutOfStep):
        end_seat(by=keeper, seat=seat)


def test_giving_the_same_seat_again_changes_nothing(fenwick, keeper):
    before = seat_of(fenwick.caller, fenwick.organisation)

    again = give_seat(by=keeper, organisation=fenwick.organisation, member=fenwick.caller, kind="caller")

    assert again == before


@pytest.mark.parametrize(
    ("who", "may"), [("administrator", True), ("manager", True), ("deputy", True), ("caller", False), ("reader", False)]
)
def test_who_gives_and_takes_seats(fenwick, who, may):
    by, new = getattr(fenwick, who), make.member()
    if may:
        give_seat(by=by, organisation=fenwick.organisation, member=new, kind="reader")
    else:
        with pytest.raises(NotAllowed, match="own administrator"):
            give_seat(by=by, organisation=fenwick.organisation, member=new, kind="reader")

    assert Seat.objects.filter(member=new).exists() == may


def test_the_administrator_of_one_organisation_is_nobody_in_another(fenwick, founded):
    with pytest.raises(NotAllowed):
        give_seat(by=fenwick.administrator, organisation=founded("Harbour"), member=make.member(), kind="reader")


@pytest.mark.parametrize(
    ("who", "may"), [("caller", True), ("reader", False), ("administrator", False), ("manager", True)]
)
def test_who_opens_requests(fenwick, who, may):
    assert bool(may_open_requests(getattr(fenwick, who), fenwick.organisation, today=TODAY)) == may


def test_nobody_opens_requests_after_the_last_day(fenwick, keeper):
    edit_organisation(by=keeper, organisation=fenwick.organisation, expires_on=TODAY)
    fenwick.organisation.refresh_from_db()

    assert may_open_requests(fenwick.caller, fenwick.organisation, today=TODAY)
    refused = may_open_requests(fenwick.caller, fenwick.organisation, today=date(2026, 11, 26))
    assert (bool(refused), "2026-11-25" in str(refused.reason)) == (False, True)


def test_whoever_loses_the_seat_opens_nothing_from_then_on(fenwick, keeper):
    end_seat(by=keeper, seat=seat_of(fenwick.caller, fenwick.organisation))

    assert not may_open_requests(fenwick.caller, fenwick.organisation, today=TODAY)
