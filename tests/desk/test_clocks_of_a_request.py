"""What a plan promises, by severity, and who hears of it when it is not kept."""

from datetime import timedelta

import pytest

from community import clock
from community.desk.models import Calendar, ChainLink, Clock, Target, Telling
from community.desk.tasks import look_at_due_clocks
from community.organisations.models import Plan
from community.requests.actions import change_severity
from community.threads.models import Thread
from tests import make
from tests.desk.conftest import on, response, solution
from tests.organisations.conftest import fenwick, founded
from tests.requests.conftest import opened, rival

__all__ = ["fenwick", "founded", "opened", "rival"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def enhanced(promised, fenwick) -> Plan:
    """Four hours, one round the clock where everything stands still; of solutions the plan says nothing."""
    plan = fenwick.organisation.plan
    always = Calendar.objects.create(name="Always", is_round_the_clock=True)
    Target.objects.filter(plan=None, kind="response").update(minutes=16 * 60)
    Target.objects.create(plan=plan, kind="response", minutes=4 * 60, calendar=promised)
    Target.objects.create(plan=plan, kind="response", severity="critical", minutes=60, calendar=always)
    return plan


@pytest.mark.parametrize(
    ("severity", "at", "due_at"),
    [
        ("medium", "16:20", on(24, "13:20")),
        ("low", "09:00", on(23, "14:00")),
        ("critical", "16:20", on(23, "17:20")),
        ("critical", "23:40", on(24, "00:40")),
    ],
)
def test_plan_and_severity_say_when_it_is_due(enhanced, opened, severity, at, due_at):
    clock.set_to(on(23, at))

    thread = opened(severity=severity).thread

    assert response(thread).due_at == Thread.objects.get(pk=thread.pk).due_at == due_at
    assert response(thread).target.plan == enhanced


def test_where_the_plan_says_nothing_what_everybody_is_promised_counts(enhanced, opened):
    clock.set_to(on(23, "09:00"))

    assert solution(opened().thread).due_at == on(24, "17:00")


def test_the_plan_of_one_customer_promises_nothing_to_others(enhanced, customer, opened, rival, fenwick):
    clock.set_to(on(23, "09:00"))
    harbour = rival.seats.get().organisation
    harbour.plan = Plan.objects.create(name="Basic", caller_seats=5)
    harbour.save()

    in_public = make.thread(by=fenwick.caller)
    of_another = opened(by=rival, organisation=harbour).thread

    assert response(in_public).due_at == response(of_another).due_at == on(25, "11:00")


def test_another_severity_is_another_promise_from_the_same_beginning(enhanced, opened, agent):
    clock.set_to(on(23, "09:00"))
    request = opened(severity="low")
    clock.set_to(on(23, "09:30"))

    change_severity(by=agent, request=request, severity="critical")

    assert response(request.thread).due_at == on(23, "10:00")
    assert Clock.objects.filter(thread=request.thread).count() == 2


def test_what_support_opens_in_a_customers_name_has_its_clocks(enhanced, opened, agent):
    clock.set_to(on(23, "09:00"))

    assert response(opened(by=agent).thread).due_at == on(23, "14:00")


def test_the_account_manager_and_the_deputy_hear_of_a_breach_once(enhanced, opened, fenwick, lead, manager):
    ChainLink.objects.create(rank="lead", member=lead)
    ChainLink.objects.create(rank="manager", member=manager)
    clock.set_to(on(23, "09:00"))
    thread = opened().thread

    for minutes in (301, 302, 400):
        clock.set_to(on(23, "09:00") + timedelta(minutes=minutes))
        look_at_due_clocks.func()

    told = Telling.objects.filter(thread=thread, mark=100).order_by("pk").values_list("member", "rank")
    assert list(told) == [
        (lead.pk, "lead"),
        (manager.pk, "manager"),
        (fenwick.manager.pk, "account"),
        (fenwick.deputy.pk, "account"),
    ]
