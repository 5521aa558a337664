"""Who may not open a request gives what he wrote to somebody who may, with one press."""

import pytest

from community.organisations.actions import give_seat
from community.policy import Invalid, NotAllowed
from community.requests.actions import hand_over
from community.requests.models import Handover, ServiceRequest
from community.requests.tasks import mail_handover
from community.threads.models import Draft
from tests import make

pytestmark = pytest.mark.django_db


def address(organisation):
    return f"/organisations/{organisation.slug}/requests/new/"


def test_one_press_gives_it_and_the_caller_is_told_once(visiting_as, fenwick, mailoutbox):
    browser = visiting_as(fenwick.reader)
    browser.post(address(fenwick.organisation).replace("new/", "draft/"), {"title": "Stops", "body": "At night"})

    browser.post(
        address(fenwick.organisation),
        {"title": "Stops", "body": "At night", "severity": "high", "do": "hand_over", "caller": fenwick.caller.pk},
    )

    handed = Handover.objects.get()
    assert (handed.writer, handed.caller, handed.title) == (fenwick.reader, fenwick.caller, "Stops")
    assert not Draft.objects.exists()
    mail_handover.func(handed.pk)
    mail_handover.func(handed.pk)
    (mail,) = mailoutbox
    assert mail.to == [fenwick.caller.email]
    assert f"?handed={handed.pk}" in mail.body


def test_the_caller_finds_it_filled_in_and_sends_it(visiting_as, fenwick):
    place = make.space()
    handed = hand_over(
        by=fenwick.reader,
        organisation=fenwick.organisation,
        caller=fenwick.caller,
        title="Stops",
        body="At night",
        fields={"severity": "critical"},
    )
    browser = visiting_as(fenwick.caller)

    assert "Stops" in browser.get("/requests/").content.decode()
    page = browser.get(handed.get_absolute_url()).content.decode()
    browser.post(
        handed.get_absolute_url(),
        {"title": "Stops", "body": "At night", "space": place.pk, "severity": "critical", "contact": "written"},
    )

    assert "At night" in page
    request = ServiceRequest.objects.get()
    handed.refresh_from_db()
    assert handed.thread == request.thread
    assert request.thread.author == fenwick.caller
    assert "Written for you to send" not in browser.get("/requests/").content.decode()


def test_it_is_nobody_elses(visiting_as, fenwick, keeper):
    colleague = make.member("colleague")
    give_seat(by=keeper, organisation=fenwick.organisation, member=colleague, kind="caller")
    handed = hand_over(
        by=fenwick.reader, organisation=fenwick.organisation, caller=fenwick.caller, title="Stops", body="At night"
    )

    page = visiting_as(colleague).get(handed.get_absolute_url()).content.decode()

    assert "At night" not in page


def test_only_secondary_access_hands_over_and_only_to_a_named_caller(fenwick, rival):
    written = {"organisation": fenwick.organisation, "title": "Stops", "body": "At night"}

    with pytest.raises(NotAllowed):
        hand_over(by=rival, caller=fenwick.caller, **written)
    with pytest.raises(Invalid) as refusal:
        hand_over(by=fenwick.reader, caller=rival, **written)
    with pytest.raises(Invalid):
        hand_over(by=fenwick.reader, caller=fenwick.caller, organisation=fenwick.organisation, title="", body=" ")

    assert refusal.value.field == "caller"
    assert not Handover.objects.exists()


def test_without_anybody_to_choose_the_text_stays(visiting_as, fenwick):
    page = visiting_as(fenwick.reader).post(
        address(fenwick.organisation), {"title": "Stops", "body": "At night", "do": "hand_over", "caller": "0"}
    )

    assert page.status_code == 422
    assert "At night" in page.content.decode()
    assert not Handover.objects.exists()
