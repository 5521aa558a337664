"""By when an asker needs it, and what a person decides without knowing who asks."""

from datetime import timedelta

import pytest

from community import clock
from community.desk.actions import (
    accept_deadline,
    answer_offer,
    decline_deadline,
    make_offer,
    make_promise,
    offer_alternative,
    state_deadline,
)
from community.desk.models import Deadline, Offer, Promise
from community.desk.tasks import look_at_due_promises
from community.inbox.models import Notice
from community.people.models import Role
from community.policy import Invalid, NotAllowed, OutOfStep
from tests import make
from tests.desk.conftest import on

NEEDED = on(24, "09:30")

pytestmark = pytest.mark.django_db


@pytest.fixture
def thread(customer):
    clock.set_to(on(23, "19:46"))
    return make.thread(by=customer, title="No key left")


@pytest.fixture
def deadline(thread, agent, customer) -> Deadline:
    return state_deadline(by=customer, thread=thread, at=NEEDED, otherwise="We lose the fair.", least="One key.")


def test_what_is_promised_before_it_conflicts_with_nothing(thread, agent, customer, visiting_as):
    make_promise(by=agent, thread=thread, what="A key", until=on(24, "07:30"))

    stated = state_deadline(by=customer, thread=thread, at=NEEDED, otherwise="We lose the fair.")

    assert (stated.stands, stated.promised_until) == ("met", on(24, "07:30"))
    assert not Notice.objects.filter(kind="deadline").exists()
    assert "What is promised comes before it." in visiting_as(None).get(thread.get_absolute_url()).content.decode()


def test_nobody_else_reads_what_happens_otherwise(deadline, thread, customer, agent, visiting_as):
    for reader in (None, make.member(), customer):
        assert "We lose the fair." not in visiting_as(reader).get(thread.get_absolute_url()).content.decode()

    assert "We lose the fair." in visiting_as(agent).get("/desk/deadlines/").content.decode()


def test_it_is_decided_without_name_and_plan(agent, visiting_as):
    clock.set_to(on(23, "19:46"))
    pages = []
    for callers in (5, 10):
        company = make.organisation(f"Firm of {callers}", callers=callers)
        caller = make.seat(company).member
        asked = make.thread(by=caller, organisation=company, title="No key left", space=make.space())
        stated = state_deadline(by=caller, thread=asked, at=NEEDED, otherwise="We lose the fair.")
        page = visiting_as(agent).get(stated.get_absolute_url())
        words = page.content.decode() + visiting_as(agent).get("/desk/deadlines/").content.decode()
        words += visiting_as(agent).get("/desk/").content.decode()
        for secret in (caller.called, caller.handle, company.name, company.plan.name):
            assert secret not in words
        pages.append([choice[0] for choice in page.context["form"].fields["decision"].choices])

    assert pages[0] == pages[1] == ["accept", "alternative", "decline"]


def test_yes_is_a_promise_before_the_deadline(deadline, thread, agent, customer, visiting_as):
    with pytest.raises(Invalid, match="after the deadline"):
        accept_deadline(by=agent, deadline=deadline, what="A key", until=on(24, "10:00"))
    assert not Promise.objects.exists()

    form = {"decision": "accept", "what": "A key", "until": "2026-11-24T07:30", "zone": "Europe/Berlin"}
    answer = visiting_as(agent).post(deadline.get_absolute_url(), form)

    assert answer.status_code == 302
    deadline.refresh_from_db()
    assert (deadline.stands, deadline.decided_by, deadline.promise.until) == ("accepted", agent, on(24, "07:30"))
    assert "A person has said yes." in visiting_as(customer).get(thread.get_absolute_url()).content.decode()


def test_something_else_has_a_reason_and_may_come_later(deadline, agent):
    with pytest.raises(Invalid, match="Say why"):
        offer_alternative(by=agent, deadline=deadline, because="", what="A lent key", until=on(24, "12:00"))

    offer_alternative(by=agent, deadline=deadline, because="on_site", what="A lent key", until=on(24, "12:00"))

    deadline.refresh_from_db()
    assert (deadline.stands, deadline.promise.what) == ("alternative", "A lent key")


def test_no_has_a_reason_that_the_asker_reads(deadline, thread, agent, customer, visiting_as):
    desk = visiting_as(agent)
    refused = desk.post(deadline.get_absolute_url(), {"decision": "decline", "reason": ""})
    assert refused.status_code == 422

    desk.post(deadline.get_absolute_url(), {"decision": "decline", "reason": "Nobody can be there."})

    page = visiting_as(customer).get(thread.get_absolute_url()).content.decode()
    assert "This cannot be done by your deadline. The reason: Nobody can be there." in page
    deadline.refresh_from_db()
    assert deadline.stands == "declined"


def test_the_second_to_decide_is_told_who_was_first(deadline, agent):
    decline_deadline(by=agent, deadline=deadline, because="Nobody can be there.")

    with pytest.raises(OutOfStep, match=agent.called):
        accept_deadline(by=make.member(role=Role.AGENT), deadline=deadline, what="A key", until=on(24, "07:30"))

    assert not Promise.objects.exists()


def test_what_one_has_promised_for_the_same_hours_is_shown(deadline, agent, visiting_as):
    other = make.thread(by=make.member())
    make_promise(by=agent, thread=other, what="A visit", begins_at=on(24, "07:00"), until=on(24, "08:00"))

    page = visiting_as(agent).get(deadline.get_absolute_url())

    assert [promise.what for promise in page.context["displaced"]] == ["A visit"]
    elsewhere = visiting_as(make.member(role=Role.AGENT)).get(deadline.get_absolute_url())
    assert list(elsewhere.context["displaced"]) == []


def test_those_on_shift_are_called_to_decide_and_everybody_where_nobody_is(agent, keeper, customer, shift):
    other = make.member(role=Role.AGENT)
    called = []
    for day, hour in ((23, "19:46"), (25, "19:46")):
        clock.set_to(on(day, hour))
        if day == 23:
            shift(agent, 23, "18:00", "22:00")
        thread = make.thread(by=customer, title="No key left")
        state_deadline(by=customer, thread=thread, at=on(day + 1, "09:30"), otherwise="We lose the fair.")
        called.append({notice.member for notice in Notice.objects.filter(kind="deadline", at=clock.now())})

    assert called == [{agent}, {agent, other, keeper}]


def test_undecided_for_an_hour_those_behind_the_desk_are_called_once(deadline, thread, visiting_as):
    head = make.member(role=Role.ADMINISTRATOR)
    for minutes in (59, 60, 61):
        clock.set_to(deadline.stated_at + timedelta(minutes=minutes))
        look_at_due_promises.func()

    assert Notice.objects.filter(member=head, kind="undecided").count() == 1
    page = visiting_as(None).get(thread.get_absolute_url()).content.decode()
    assert "those behind the desk have been called" in page


@pytest.mark.parametrize(
    ("field", "said"),
    [("at", {"at": on(23, "19:00")}), ("otherwise", {"otherwise": " "}), ("least", {"least": "x" * 501})],
)
def test_a_deadline_that_means_nothing_is_refused(thread, customer, field, said):
    with pytest.raises(Invalid) as refusal:
        state_deadline(by=customer, thread=thread, **{"at": NEEDED, "otherwise": "We lose."} | said)

    assert refusal.value.field == field
    assert not Deadline.objects.exists()


def test_only_the_asker_states_it_and_a_new_one_takes_its_place(deadline, thread, peer, agent, customer, visiting_as):
    for by in (peer, agent):
        with pytest.raises(NotAllowed):
            state_deadline(by=by, thread=thread, at=NEEDED, otherwise="We lose.")

    form = {"at": "2026-11-25T09:30", "zone": "Europe/Berlin", "otherwise": "It is a day later now."}
    assert visiting_as(customer).post(f"/threads/{thread.pk}/deadline/", form).status_code == 302

    with pytest.raises(OutOfStep, match="another time"):
        decline_deadline(by=agent, deadline=deadline, because="No.")
    assert [stated.at for stated in Deadline.objects.counting()] == [on(25, "09:30")]


def test_an_offer_is_taken_or_left_and_the_promise_stays(deadline, thread, agent, customer, peer, visiting_as):
    accept_deadline(by=agent, deadline=deadline, what="A key", until=on(24, "07:30"))
    offer = make_offer(by=agent, thread=thread, what="I can drive in tonight")
    with pytest.raises(OutOfStep, match="waits for the asker"):
        make_offer(by=agent, thread=thread, what="Or tomorrow")
    with pytest.raises(NotAllowed):
        answer_offer(by=peer, offer=offer, accepts=True)

    visiting_as(customer).post(f"/threads/{thread.pk}/offer/answer/", {"take": "no"})

    offer.refresh_from_db()
    assert (offer.stands, Promise.objects.get().stands) == ("declined", "running")
    assert Notice.objects.get(member=agent, kind="offer_answered").actor == customer
    assert Offer.objects.count() == 1
