"""What came privately is a case like any other, with its true beginning."""

from datetime import timedelta

import pytest

from community import clock
from community.desk.actions import write_down
from community.desk.models import Received
from community.inbox.models import Notice
from community.people.models import Role
from community.policy import Invalid, NotAllowed
from community.threads.actions import save_draft
from community.threads.models import Draft, Thread
from tests import make
from tests.desk.conftest import on, response

pytestmark = pytest.mark.django_db


@pytest.fixture
def call(agent, customer, db):
    clock.set_to(on(23, "11:00"))
    return {
        "by": agent,
        "asker": customer,
        "space": make.space(),
        "title": "The gate does not open",
        "body": "She called from the yard.",
        "channel": "telephone",
        "came_at": on(23, "09:30"),
    }


def test_its_clock_began_when_it_came(promised, call, customer, agent, visiting_as):
    save_draft(by=customer, title="Something else", body="Begun.")

    thread = write_down(**call)

    assert (thread.author, thread.created_at, thread.audience) == (customer, on(23, "09:30"), "named")
    assert response(thread).due_at == on(23, "14:30")
    assert Draft.objects.filter(author=customer).count() == 1
    page = visiting_as(customer).get(thread.get_absolute_url()).content.decode()
    assert "wrote this down for the asker" in page
    assert visiting_as(make.member()).get(thread.get_absolute_url()).status_code == 404


def test_for_an_organisation_it_is_a_request_of_one_of_its_people(call, agent, visiting_as):
    company = make.organisation("Fenwick")
    caller = make.seat(company).member

    thread = write_down(**call | {"asker": caller, "organisation": company})

    assert thread.service_request.thread.organisation == company
    with pytest.raises(Invalid) as refusal:
        write_down(**call | {"organisation": company})
    assert refusal.value.field == "asker"


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("came_at", {"came_at": on(23, "11:01")}),
        ("came_at", {"came_at": on(23, "11:00") - timedelta(days=31)}),
        ("channel", {"channel": "pigeon"}),
    ],
)
def test_what_cannot_be_is_not_written_down(call, field, said):
    with pytest.raises(Invalid) as refusal:
        write_down(**call | said)

    assert refusal.value.field == field
    assert not Thread.objects.exists()


def test_only_support_writes_down_and_the_form_keeps_what_was_typed(call, moderator, agent, customer, visiting_as):
    with pytest.raises(NotAllowed):
        write_down(**call | {"by": moderator})
    assert visiting_as(moderator).get("/desk/received/").status_code == 403
    form = {
        "asker": "nobody-here",
        "space": call["space"].pk,
        "channel": "mail",
        "came_at": "2026-11-23T09:30",
        "zone": "Europe/Berlin",
        "title": "The gate",
        "body": "Her mail.",
    }

    refused = visiting_as(agent).post("/desk/received/", form)
    assert refused.status_code == 422
    assert "No member is known by that." in refused.content.decode()
    assert "Her mail." in refused.content.decode()
    sent = visiting_as(agent).post("/desk/received/", form | {"asker": customer.email.upper(), "token": "once"})

    assert sent.status_code == 302
    assert Received.objects.get().came_at == on(23, "09:30")
    assert Notice.objects.filter(member=make.member(role=Role.AGENT)).count() == 0
