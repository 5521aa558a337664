"""When a subscription ends, its people hear of it 60, 30 and 7 days before, once each."""

from datetime import UTC, date, datetime

import pytest
from django.core import mail

from community import clock
from community.organisations.actions import edit_organisation, found_organisation
from community.organisations.models import Organisation
from community.organisations.tasks import remind_of_expiry
from community.policy import Invalid, NotAllowed
from tests import make

pytestmark = pytest.mark.django_db


def on(day: date) -> None:
    clock.set_to(datetime(day.year, day.month, day.day, 6, 11, tzinfo=UTC))
    remind_of_expiry.func()


@pytest.fixture
def ending(fenwick, keeper):
    mail.outbox.clear()
    return edit_organisation(by=keeper, organisation=fenwick.organisation, expires_on=date(2026, 12, 31))


def test_callers_administrators_and_those_who_look_after_it_are_told_once_at_each_step(fenwick, ending):
    told = []
    for day in (date(2026, 10, 31), date(2026, 11, 1), date(2026, 11, 2), date(2026, 12, 1), date(2026, 12, 24)):
        on(day)
        told.append(len(mail.outbox))

    # Three who speak for it or manage it, and two of us.
    assert told == [0, 4, 4, 8, 12]
    assert {address for sent in mail.outbox for address in sent.to} == {
        who.email for who in (fenwick.caller, fenwick.administrator, fenwick.manager, fenwick.deputy)
    }
    assert all(len(sent.to) == 1 for sent in mail.outbox)


def test_who_was_away_gets_the_nearest_reminder_only(ending):
    on(date(2026, 12, 28))

    assert [sent.subject for sent in mail.outbox] == ["The subscription of Fenwick Freight ends in 3 days"] * 4


def test_after_the_end_and_for_a_renewed_one_nobody_is_told(fenwick, ending, keeper):
    on(date(2027, 1, 1))
    edit_organisation(by=keeper, organisation=fenwick.organisation, expires_on=date(2027, 12, 31))
    on(date(2027, 1, 2))

    assert mail.outbox == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"expires_on": date(2025, 12, 31)}, "expires_on"),
        ({"name": "Fenwick Freight"}, "name"),
        ({"subscription_code": "SC-fenwick-freight"}, "subscription_code"),
        ({"slug": "not an address"}, "slug"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(fenwick, founded, changes, field):
    with pytest.raises(Invalid) as refused:
        founded(**{"name": "Harbour"} | changes)

    assert refused.value.field == field
    assert Organisation.objects.count() == 1


def test_only_support_looks_after_organisations_and_a_deputy_is_somebody_else(founded, agent):
    with pytest.raises(Invalid, match="Only support"):
        founded(account_manager=make.member())
    with pytest.raises(Invalid, match="somebody else"):
        founded(account_manager=agent, deputy=agent)


@pytest.mark.parametrize("role", ["customer", "moderator", "agent"])
def test_only_administrators_enter_organisations(fenwick, role):
    with pytest.raises(NotAllowed):
        found_organisation(
            by=make.member(role=role),
            name="Mine",
            slug="mine",
            plan=fenwick.organisation.plan,
            subscription_code="X",
            starts_on=date(2026, 1, 1),
            expires_on=date(2027, 1, 1),
            account_manager=fenwick.manager,
        )


def test_the_back_office_enters_and_changes_them_through_the_same_doorway(fenwick, keeper, visiting_as):
    browser = visiting_as(keeper)
    form = {
        "name": "Harbour Dental",
        "slug": "harbour-dental",
        "plan": fenwick.organisation.plan_id,
        "subscription_code": "SC-0077",
        "starts_on": "2026-01-01",
        "expires_on": "2025-01-01",
        "welcome": "Begin **here**.",
        "account_manager": fenwick.manager.pk,
        "deputy": "",
        "domains-TOTAL_FORMS": "1",
        "domains-INITIAL_FORMS": "0",
        "domains-0-name": "harbour.example",
    }

    refused = browser.post("/admin/organisations/organisation/add/", form)
    entered = browser.post("/admin/organisations/organisation/add/", form | {"expires_on": "2027-01-01"})

    assert refused.status_code == 200
    assert "ends after it begins" in refused.content.decode()
    assert entered.status_code == 302
    made = Organisation.objects.get(slug="harbour-dental")
    assert made.welcome_html == "<p>Begin <strong>here</strong>.</p>\n"
    assert [domain.name for domain in made.domains.all()] == ["harbour.example"]
