"""An offered seat is taken once, within seven days, by the owner of the address."""

from datetime import timedelta

import pytest
from django.core import mail
from django.tasks import default_task_backend

from community import clock
from community.organisations.actions import accept_invitation, give_seat, invite, withdraw_invitation
from community.organisations.models import Invitation, Seat
from community.organisations.tasks import mail_invitation
from community.policy import Gone, Invalid, NotAllowed
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def offer(fenwick):
    return invite(
        by=fenwick.administrator, organisation=fenwick.organisation, email="new@fenwick.example", kind="caller"
    )


@pytest.fixture
def newcomer():
    return make.member("newcomer", email="new@fenwick.example")


def test_it_goes_out_by_mail_once_with_a_link_that_opens(fenwick, visiting_as, newcomer):
    offer = invite(
        by=fenwick.administrator, organisation=fenwick.organisation, email="New@Fenwick.example", kind="caller"
    )

    for _ in range(2):
        mail_invitation.func(offer.pk)

    (sent,) = mail.outbox
    assert sent.to == ["new@fenwick.example"]
    assert "Fenwick Freight" in sent.subject
    address = offer.get_absolute_url()
    assert address in sent.body
    assert visiting_as(newcomer).get(address).status_code == 200
    assert not Seat.objects.filter(member=newcomer).exists()


def test_it_is_queued_with_the_offer(fenwick):
    default_task_backend.clear()
    offer = invite(by=fenwick.administrator, organisation=fenwick.organisation, email="a@b.example", kind="reader")

    (queued,) = default_task_backend.results
    assert (queued.task.name, list(queued.args)) == ("mail_invitation", [offer.pk])


def test_whoever_owns_the_address_takes_it_once(offer, newcomer, visiting_as):
    browser = visiting_as(newcomer)

    taken = browser.post(offer.get_absolute_url())
    again = browser.post(offer.get_absolute_url())

    assert (taken.status_code, taken["Location"]) == (302, offer.organisation.get_absolute_url())
    assert Seat.objects.standing().get(member=newcomer).kind == "caller"
    assert again.status_code == 410
    assert Seat.objects.filter(member=newcomer).count() == 1


def test_others_do_not_take_it(offer):
    other = make.member()

    with pytest.raises(NotAllowed, match="another e-mail address"):
        accept_invitation(by=other, invitation=offer)

    assert not Seat.objects.filter(member=other).exists()


def test_after_seven_days_it_is_gone(offer, newcomer):
    clock.advance(timedelta(days=7))

    with pytest.raises(Gone):
        accept_invitation(by=newcomer, invitation=offer)


def test_what_was_taken_back_is_gone(offer, newcomer, fenwick):
    withdraw_invitation(by=fenwick.administrator, invitation=offer)

    with pytest.raises(Gone):
        accept_invitation(by=newcomer, invitation=offer)


def test_only_the_newest_link_to_an_address_works(offer, newcomer, fenwick):
    newer = invite(by=fenwick.administrator, organisation=fenwick.organisation, email=offer.email, kind="reader")

    with pytest.raises(Gone):
        accept_invitation(by=newcomer, invitation=offer)
    assert accept_invitation(by=newcomer, invitation=newer).kind == "reader"


def test_open_offers_count_as_taken(founded, keeper):
    organisation = founded(callers=2)
    give_seat(by=keeper, organisation=organisation, member=make.member(), kind="caller")
    invite(by=keeper, organisation=organisation, email="a@fenwick.example", kind="caller")

    with pytest.raises(Invalid, match="all are taken"):
        invite(by=keeper, organisation=organisation, email="b@fenwick.example", kind="caller")

    assert Invitation.objects.count() == 1


def test_a_link_that_was_changed_is_not_found(offer, newcomer, visiting_as):
    address = offer.get_absolute_url().rstrip("/")

    for forged in (f"{address}x/", f"/invitations/{offer.pk}/", "/invitations/1:abc/", "/invitations/%00/"):
        assert visiting_as(newcomer).get(forged).status_code == 404


def test_signed_out_one_signs_in_first_and_nothing_is_taken(offer, client):
    sent = client.post(offer.get_absolute_url())

    assert sent.status_code == 302
    assert sent["Location"].startswith("/accounts/login/?next=/invitations/")
    assert Seat.objects.filter(organisation=offer.organisation, kind="caller").count() == 1
