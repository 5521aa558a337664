"""What an organisation's people see of it, and that nobody else sees that it exists."""

import pytest

from community.organisations.models import Invitation, Seat
from tests import make
from tests.organisations.conftest import seat_of

pytestmark = pytest.mark.django_db

PAGES = ("/organisations/{slug}/", "/organisations/{slug}/people/")


@pytest.mark.parametrize("page", PAGES)
def test_strangers_are_told_the_same_of_what_exists_and_what_does_not(fenwick, founded, visiting_as, page):
    other = founded("Harbour Dental")
    for reader in (None, make.member(), fenwick.caller, make.member(role="moderator")):
        browser = visiting_as(reader)
        answers = [browser.get(page.format(slug=slug)) for slug in (other.slug, "no-such-company")]

        assert [answer.status_code for answer in answers] == [404, 404]
        assert other.name not in answers[0].content.decode()


@pytest.mark.parametrize(
    ("who", "status"), [("caller", 403), ("reader", 403), ("administrator", 200), ("manager", 200), ("deputy", 200)]
)
def test_who_opens_the_page_of_seats(fenwick, visiting_as, who, status):
    browser = visiting_as(getattr(fenwick, who))

    assert browser.get(f"/organisations/{fenwick.organisation.slug}/people/").status_code == status


@pytest.mark.parametrize("who", ["caller", "reader", "administrator"])
def test_its_people_read_who_looks_after_them_and_what_they_subscribed_to(fenwick, visiting_as, who):
    page = visiting_as(getattr(fenwick, who)).get(fenwick.organisation.get_absolute_url()).content.decode()

    for words in (fenwick.manager.called, fenwick.deputy.called, "SC-fenwick-freight", "marit", "1 of 5 seats"):
        assert words in page


def test_support_finds_every_organisation_and_customers_their_own(fenwick, founded, visiting_as, agent):
    founded("Harbour Dental")

    page = visiting_as(agent).get("/organisations/").content.decode()
    own = visiting_as(fenwick.caller).get("/organisations/")
    nobody = visiting_as(make.member()).get("/organisations/").content.decode()

    assert all(name in page for name in ("Fenwick Freight", "Harbour Dental"))
    assert own["Location"] == fenwick.organisation.get_absolute_url()
    assert "You belong to no organisation" in nobody
    assert "Fenwick" not in nobody


def test_an_offer_that_cannot_be_made_is_given_back_with_the_reason(fenwick, visiting_as):
    browser = visiting_as(fenwick.administrator)
    address = f"/organisations/{fenwick.organisation.slug}/people/"

    page = browser.post(address, {"email": "not an address", "kind": "caller"})
    known = browser.post(address, {"email": fenwick.caller.email, "kind": "caller"})

    assert (page.status_code, known.status_code) == (422, 422)
    assert "not an address" in page.content.decode()
    assert "has such a seat already" in known.content.decode()
    assert not Invitation.objects.exists()


def test_seats_are_swapped_and_ended_by_a_press(fenwick, visiting_as):
    browser = visiting_as(fenwick.administrator)
    base = f"/organisations/{fenwick.organisation.slug}/people"
    caller, reader = (seat_of(who, fenwick.organisation) for who in (fenwick.caller, fenwick.reader))

    swapped = browser.post(f"{base}/{caller.pk}/swap/", {"reader": reader.pk})
    ended = browser.post(f"{base}/{seat_of(fenwick.caller, fenwick.organisation).pk}/end/")
    stale = browser.post(f"{base}/{caller.pk}/end/")

    assert (swapped.status_code, ended.status_code, stale.status_code) == (302, 302, 404)
    assert seat_of(fenwick.reader, fenwick.organisation).kind == "caller"
    assert not fenwick.caller.seats.standing().exists()


def test_a_swap_with_nobody_says_so(fenwick, visiting_as):
    caller = seat_of(fenwick.caller, fenwick.organisation)
    address = f"/organisations/{fenwick.organisation.slug}/people/{caller.pk}/swap/"

    page = visiting_as(fenwick.administrator).post(address, {"reader": "77"})

    assert page.status_code == 422
    assert "Choose somebody with secondary access" in page.content.decode()
    assert Seat.objects.ended().count() == 0


def test_the_pages_cost_the_same_for_many_seats(fenwick, visiting_as, keeper, django_assert_max_num_queries):
    from community.organisations.actions import give_seat

    for _ in range(8):
        give_seat(by=keeper, organisation=fenwick.organisation, member=make.member(), kind="reader")
    browser = visiting_as(fenwick.administrator)

    with django_assert_max_num_queries(9):
        browser.get(fenwick.organisation.get_absolute_url())
    with django_assert_max_num_queries(12):
        browser.get(f"/organisations/{fenwick.organisation.slug}/people/")
