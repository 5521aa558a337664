"""One press calls the account manager and the deputy; who takes it is seen; nobody is called twice."""

from datetime import timedelta

import pytest
from django.core import mail

from community import clock
from community.desk.actions import escalate, pass_on, take_escalation
from community.desk.models import Called, ChainLink, Escalation
from community.desk.tasks import mail_call
from community.inbox.models import Notice
from community.people.models import Role
from community.policy import Invalid, NotAllowed, OutOfStep
from community.requests.models import ServiceRequest
from tests import make
from tests.desk.conftest import on

pytestmark = pytest.mark.django_db


@pytest.fixture
def company(db):
    clock.set_to(on(23, "10:00"))
    return make.organisation("Fenwick", deputy=make.member("dora", role=Role.AGENT))


@pytest.fixture
def caller(company):
    return make.seat(company).member


@pytest.fixture
def request_thread(company, caller):
    thread = make.thread(by=caller, organisation=company, space=make.space())
    ServiceRequest.objects.create(thread=thread)
    return thread


def told(kind: str) -> set[str]:
    return set(Notice.objects.filter(kind=kind).values_list("member__handle", flat=True))


def test_manager_and_deputy_are_called_in_the_same_breath_and_once_by_mail(
    company, caller, request_thread, visiting_as
):
    answer = visiting_as(caller).post(
        f"/organisations/{company.slug}/escalate/?thread={request_thread.pk}", {"because": "We stand still."}
    )

    assert answer.status_code == 302
    both = {company.account_manager.handle, "dora"}
    assert told("escalated") == both
    for called in [*Called.objects.all()] * 2:
        mail_call.func(called.pk)
    assert sorted(letter.to[0] for letter in mail.outbox) == sorted([company.account_manager.email, "dora@example.com"])
    page = visiting_as(caller).get(answer["Location"]).content.decode()
    assert "Nobody has taken it yet" in page
    assert "We stand still." in page
    way = f"/organisations/{company.slug}/escalate/?thread={request_thread.pk}"
    assert way in visiting_as(caller).get(request_thread.get_absolute_url()).content.decode()
    assert way not in visiting_as(company.deputy).get(request_thread.get_absolute_url()).content.decode()
    assert "called the account manager" in visiting_as(caller).get(request_thread.get_absolute_url()).content.decode()


def test_whoever_takes_it_is_seen_and_promises_next(company, caller, request_thread, visiting_as):
    manager = company.account_manager
    escalation = escalate(by=caller, organisation=company, thread=request_thread, because="We stand still.")

    answer = visiting_as(manager).post(f"/desk/escalations/{escalation.pk}/take/")

    assert answer["Location"] == f"/threads/{request_thread.pk}/promise/"
    with pytest.raises(OutOfStep, match=manager.called):
        take_escalation(by=company.deputy, escalation=escalation)
    page = visiting_as(caller).get(escalation.get_absolute_url()).content.decode()
    assert "looks after it" in page
    assert manager.called in page
    assert told("taken") == {caller.handle}


def test_not_taken_in_a_quarter_of_an_hour_the_next_are_called_and_then_the_next(company, caller):
    lead, head = make.member("lea", role=Role.AGENT), make.member("hedda", role=Role.ADMINISTRATOR)
    ChainLink.objects.create(rank="lead", member=lead)
    ChainLink.objects.create(rank="manager", member=head)
    escalation = escalate(by=caller, organisation=company, because="We stand still.")
    both = {company.account_manager.handle, "dora"}

    for minutes, called in ((14, both), (15, both | {"lea"}), (29, both | {"lea"}), (30, both | {"lea", "hedda"})):
        clock.set_to(on(23, "10:00") + timedelta(minutes=minutes))
        pass_on(escalation.pk)
        pass_on(escalation.pk)
        assert told("escalated") == called

    assert Notice.objects.filter(kind="escalated").count() == 4
    escalation.refresh_from_db()
    assert escalation.next_at is None


def test_taken_in_time_nobody_else_is_called(company, caller):
    ChainLink.objects.create(rank="lead", member=make.member("lea", role=Role.AGENT))
    escalation = escalate(by=caller, organisation=company, because="We stand still.")
    take_escalation(by=company.deputy, escalation=escalation)
    clock.set_to(on(23, "10:20"))

    pass_on(escalation.pk)

    assert "lea" not in told("escalated")


def test_called_again_while_nobody_came_it_is_one_call(company, caller, visiting_as):
    escalate(by=caller, organisation=company, because="We stand still.")

    with pytest.raises(OutOfStep, match="called already"):
        escalate(by=caller, organisation=company, because="Hello?")

    assert Escalation.objects.count() == 1
    page = visiting_as(caller).get(f"/organisations/{company.slug}/escalate/").content.decode()
    assert "nobody has taken it yet" in page


def test_only_named_callers_call_and_others_learn_why_not(company, caller, visiting_as):
    reader = make.seat(company, kind="reader").member
    stranger = make.member()

    assert visiting_as(reader).get(f"/organisations/{company.slug}/escalate/").status_code == 403
    assert visiting_as(stranger).get(f"/organisations/{company.slug}/escalate/").status_code == 404
    with pytest.raises(NotAllowed, match="named callers"):
        escalate(by=reader, organisation=company, because="Me too.")
    with pytest.raises(Invalid):
        escalate(by=caller, organisation=company, because="  ")
    assert not Escalation.objects.exists()


def test_it_is_seen_by_its_own_people_and_support_only(company, caller, visiting_as):
    escalation = escalate(by=caller, organisation=company, because="We stand still.")
    other = make.seat(make.organisation("Rival")).member
    found = {None: 302, other: 404, make.member(role=Role.MODERATOR): 404, caller: 200, company.deputy: 200}

    for reader, status in found.items():
        assert visiting_as(reader).get(escalation.get_absolute_url()).status_code == status
    assert visiting_as(other).post(f"/desk/escalations/{escalation.pk}/take/").status_code == 404
    assert visiting_as(caller).post(f"/desk/escalations/{escalation.pk}/take/").status_code == 403
