"""Named callers open requests, which nobody but their organisation and support reads."""

from datetime import date, timedelta

import pytest

from community import clock
from community.desk.actions import look_at_clocks
from community.desk.models import Calendar, Clock, Mark, Target, Telling
from community.organisations.actions import end_seat
from community.organisations.models import Organisation
from community.policy import Invalid, NotAllowed
from community.requests.actions import change_severity
from community.requests.models import Contact, ServiceRequest
from community.requests.tasks import mail_receipt
from community.threads.models import Audience, Draft, Thread
from tests import make
from tests.organisations.conftest import seat_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return make.space("Night runs")


def filled(place, **other):
    return {
        "title": "The night run stops",
        "body": "Error 81 since the update.",
        "space": place.pk,
        "severity": "high",
        "contact": "written",
        "token": "once",
    } | other


def address(organisation, more="new/"):
    return f"/organisations/{organisation.slug}/requests/{more}"


def test_a_named_caller_opens_one_from_the_page(visiting_as, fenwick, place):
    sent = visiting_as(fenwick.caller).post(address(fenwick.organisation), filled(place))

    request = ServiceRequest.objects.get()
    assert sent.url == request.thread.get_absolute_url()
    assert (request.severity, request.level, request.contact) == ("high", 2, "written")
    assert request.thread.audience == Audience.ORGANISATION
    assert request.thread.organisation == fenwick.organisation


def test_the_page_says_number_severity_and_who_looks_after_it(visiting_as, fenwick, opened):
    request = opened(severity="critical")

    page = visiting_as(fenwick.caller).get(request.thread.get_absolute_url())

    text = page.content.decode()
    assert request.number in text
    assert "Critical" in text
    assert fenwick.manager.called in text
    assert "Only <bdi>Fenwick Freight</bdi> and support read this." in text


def test_its_number_leads_to_it(visiting_as, fenwick, opened):
    request = opened()

    assert visiting_as(fenwick.reader).get(f"/requests/{request.pk}/").url == request.thread.get_absolute_url()


def test_sending_the_form_twice_makes_one_request(visiting_as, fenwick, place):
    browser = visiting_as(fenwick.caller)

    first = browser.post(address(fenwick.organisation), filled(place))
    second = browser.post(address(fenwick.organisation), filled(place))

    assert first.url == second.url
    assert ServiceRequest.objects.count() == 1


def test_support_opens_one_in_the_name_of_a_customer_at_the_first_level(agent, opened):
    assert opened(by=agent).level == 1


def test_secondary_access_is_refused_and_keeps_what_was_typed(visiting_as, fenwick, place):
    page = visiting_as(fenwick.reader).post(address(fenwick.organisation), filled(place))

    assert page.status_code == 403
    text = page.content.decode()
    assert "Only named callers open requests." in text
    assert "Error 81 since the update." in text
    assert not Thread.objects.exists()


def test_a_stranger_finds_no_such_place_whether_it_exists_or_not(visiting_as, fenwick, rival, peer, moderator, place):
    nowhere = Organisation(slug="nobody")
    for stranger in (rival, peer, moderator):
        for organisation in (fenwick.organisation, nowhere):
            for answer in (
                visiting_as(stranger).get(address(organisation)),
                visiting_as(stranger).post(address(organisation), filled(place)),
            ):
                assert answer.status_code == 404
    assert not Thread.objects.exists()


def test_who_has_lost_his_seat_is_refused_while_he_types(fenwick, opened, keeper):
    end_seat(by=keeper, seat=seat_of(fenwick.caller, fenwick.organisation))

    with pytest.raises(NotAllowed, match="Only named callers"):
        opened()

    assert not Thread.objects.exists()


def test_after_the_last_day_new_ones_are_refused_and_open_ones_go_on(visiting_as, fenwick, opened, place):
    request = opened()
    Organisation.objects.update(expires_on=date(2026, 1, 2))

    refused = visiting_as(fenwick.caller).post(address(fenwick.organisation), filled(place))
    visiting_as(fenwick.caller).post(f"/threads/{request.thread.pk}/reply/", {"body": "And again tonight."})

    assert refused.status_code == 403
    assert "The subscription ended on 2026-01-02" in refused.content.decode()
    assert "Error 81 since the update." in refused.content.decode()
    assert request.thread.posts.filter(body="And again tonight.").exists()
    assert ServiceRequest.objects.count() == 1


def test_who_wants_to_be_called_gives_a_number(visiting_as, fenwick, opened, place):
    page = visiting_as(fenwick.caller).post(address(fenwick.organisation), filled(place, contact="call"))

    assert page.status_code == 422
    assert "Give a number at which we reach you." in page.content.decode()
    assert opened(contact=Contact.CALL, telephone=" +44 20 1234 ").telephone == "+44 20 1234"


def test_a_number_is_kept_only_of_who_wants_to_be_called(opened):
    assert opened(contact=Contact.WRITTEN, telephone="+44 20 1234").telephone == ""


@pytest.mark.parametrize("odd", [{"severity": "mild"}, {"contact": "pigeon"}, {"space": 99999}, {"title": ""}])
def test_what_cannot_be_used_is_said_and_nothing_is_lost(visiting_as, fenwick, place, odd):
    page = visiting_as(fenwick.caller).post(address(fenwick.organisation), filled(place, **odd))

    assert page.status_code == 422
    assert "Error 81 since the update." in page.content.decode()
    assert not Thread.objects.exists()


def test_the_action_knows_severities_too(opened):
    with pytest.raises(Invalid) as refusal:
        opened(severity="mild")

    assert refusal.value.field == "severity"


def test_its_opener_gets_one_receipt_with_the_number(opened, fenwick, mailoutbox):
    request = opened()

    mail_receipt.func(request.pk)
    mail_receipt.func(request.pk)

    (mail,) = [mail for mail in mailoutbox if request.number in mail.subject]
    assert mail.to == [fenwick.caller.email]
    assert "not an answer" in mail.body
    assert f"/requests/{request.pk}/" in mail.body


def test_what_is_typed_is_kept_for_each_organisation_beside_the_question(visiting_as, fenwick, place):
    browser = visiting_as(fenwick.caller)
    browser.post("/drafts/question/", {"title": "A question", "body": "For everybody"})

    kept = browser.post(address(fenwick.organisation, "draft/"), filled(place, title="A request", token=""))

    assert kept.json()["saved_at"]
    assert set(Draft.objects.values_list("title", "organisation")) == {
        ("A question", None),
        ("A request", fenwick.organisation.pk),
    }
    page = browser.get(address(fenwick.organisation))
    assert 'value="A request"' in page.content.decode()
    assert page.context["form"]["severity"].value() == "high"
    drafts = browser.get("/drafts/").content.decode()
    assert address(fenwick.organisation) in drafts
    browser.post(address(fenwick.organisation, "draft/discard/"))
    assert [draft.title for draft in Draft.objects.all()] == ["A question"]


def test_sending_drops_the_draft_of_the_request_only(visiting_as, fenwick, place):
    browser = visiting_as(fenwick.caller)
    browser.post("/drafts/question/", {"title": "A question", "body": "For everybody"})
    browser.post(address(fenwick.organisation, "draft/"), filled(place, token=""))

    browser.post(address(fenwick.organisation), filled(place))

    assert [draft.title for draft in Draft.objects.all()] == ["A question"]


def test_who_belongs_to_one_organisation_is_not_asked_for_which(visiting_as, fenwick, peer):
    assert visiting_as(fenwick.caller).get("/requests/new/").url == address(fenwick.organisation)
    assert "You belong to no organisation here." in visiting_as(peer).get("/requests/new/").content.decode()


def test_what_the_plan_promises_for_the_severity_is_what_its_clock_runs_by(opened, fenwick, keeper):
    always = Calendar.objects.create(name="Always", is_round_the_clock=True)
    plan = fenwick.organisation.plan
    Target.objects.create(kind="response", minutes=600, calendar=always)
    Target.objects.create(kind="response", minutes=240, calendar=always, plan=plan)
    Target.objects.create(kind="response", minutes=30, calendar=always, plan=plan, severity="critical")

    request = opened(severity="high")
    by_another_hand = opened(by=keeper, severity="high")

    assert Clock.objects.get(thread=request.thread).minutes == 240
    assert Clock.objects.get(thread=by_another_hand.thread).minutes == 240
    change_severity(by=fenwick.caller, request=request, severity="critical")
    assert Clock.objects.get(thread=request.thread).minutes == 30


def test_a_late_request_reaches_who_looks_after_the_organisation(opened, fenwick):
    always = Calendar.objects.create(name="Always", is_round_the_clock=True)
    Target.objects.create(kind="response", minutes=60, calendar=always)
    request = opened()
    clock.advance(timedelta(hours=2))

    look_at_clocks(request.thread.pk)

    told = set(Telling.objects.filter(mark=Mark.LATE).values_list("member", flat=True))
    assert {fenwick.manager.pk, fenwick.deputy.pk} <= told
