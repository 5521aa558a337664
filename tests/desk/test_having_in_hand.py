"""Taking a thread, handing it over, saying that one writes, putting it aside: each refused where it must be."""

from datetime import timedelta

import pytest

from community import clock
from community.desk import actions
from community.desk.models import Handling, Team
from community.inbox.models import Notice
from community.inbox.tasks import tell_of_assignment
from community.policy import Invalid, NotAllowed, OutOfStep
from community.threads.models import Kind, Post
from tests import make
from tests.desk.conftest import on

pytestmark = pytest.mark.django_db


@pytest.fixture
def thread(customer):
    clock.set_to(on(23, "09:00"))
    return make.thread(by=customer)


def row(thread) -> Handling:
    return Handling.objects.get(thread=thread)


@pytest.mark.parametrize("name", ["take", "assign", "claim", "release", "snooze", "wake"])
@pytest.mark.parametrize("who", ["customer", "moderator"])
def test_only_support_handles_threads_and_a_refusal_leaves_no_trace(name, who, thread, visiting_as, request):
    before = Handling.objects.values().get(thread=thread)

    answer = visiting_as(request.getfixturevalue(who)).post(
        f"/desk/threads/{thread.pk}/{name}/", {"because": "So.", "hours": "1"}
    )

    assert answer.status_code == 403
    assert "Only support takes threads in hand." in answer.text
    assert Handling.objects.values().get(thread=thread) == before


def test_an_agent_takes_a_thread_and_comes_back_to_where_he_was(thread, agent, visiting_as):
    answer = visiting_as(agent).post(f"/desk/threads/{thread.pk}/take/", {"next": "/desk/?show=unanswered"})

    assert (answer.status_code, answer["Location"]) == (302, "/desk/?show=unanswered")
    assert row(thread).assigned_to == agent
    tell_of_assignment.func(thread.pk, agent.pk, 0, agent.pk)
    assert not Notice.objects.filter(member=agent).exists()


def test_handing_over_leaves_a_note_for_staff_and_tells_the_colleague(thread, agent, lead, customer, visiting_as):
    actions.claim_thread(by=agent, thread=thread)

    answer = visiting_as(agent).post(
        f"/desk/threads/{thread.pk}/assign/",
        {"hand": f"person-{lead.pk}", "note": "The carrier has it; ask on Monday."},
    )

    assert answer.status_code == 302
    assert (row(thread).assigned_to, row(thread).claimed_by) == (lead, None)
    note = Post.objects.get(thread=thread, kind=Kind.NOTE)
    assert (note.author, note.body) == (agent, "The carrier has it; ask on Monday.")
    tell_of_assignment.func(thread.pk, lead.pk, 0, agent.pk)
    notice = Notice.objects.get(member=lead)
    assert (notice.kind, notice.thread, notice.actor) == ("assigned", thread, agent)
    assert "The carrier has it" not in visiting_as(customer).get(thread.get_absolute_url()).text


def test_a_team_is_told_but_for_the_one_who_gave_it(thread, agent, lead):
    team = Team.objects.create(name="Mail")
    team.members.set([agent, lead])

    actions.assign_thread(by=agent, thread=thread, team=team)
    tell_of_assignment.func(thread.pk, 0, team.pk, agent.pk)

    assert (row(thread).team, row(thread).assigned_to) == (team, None)
    assert Notice.objects.get().member == lead


def test_nobody_who_does_not_answer_for_support_is_given_a_thread(thread, agent, peer, visiting_as):
    with pytest.raises(Invalid, match="answers for support"):
        actions.assign_thread(by=agent, thread=thread, to=peer, note="For you.")
    answer = visiting_as(agent).post(f"/desk/threads/{thread.pk}/assign/", {"hand": f"person-{peer.pk}"})

    assert answer.status_code == 422
    assert row(thread).assigned_to is None
    assert not Post.objects.filter(kind=Kind.NOTE).exists()


def test_one_writes_at_a_time_and_the_claim_ends_by_itself(thread, agent, lead, visiting_as):
    browser = visiting_as(agent)
    browser.post(f"/desk/threads/{thread.pk}/claim/")
    clock.advance(timedelta(minutes=9, seconds=30))

    refused = visiting_as(lead).post(f"/desk/threads/{thread.pk}/claim/")
    still = row(thread).claimed_by
    clock.advance(timedelta(seconds=30))
    taken = visiting_as(lead).post(f"/desk/threads/{thread.pk}/claim/")

    assert (refused.status_code, still) == (409, agent)
    assert "is writing an answer and has it for 1 more minute." in refused.text
    assert (taken.status_code, row(thread).claimed_by) == (302, lead)


def test_the_answer_of_the_one_who_was_writing_ends_his_claim_and_nobody_elses_does(thread, agent, lead):
    actions.claim_thread(by=agent, thread=thread)

    make.reply(thread, by=lead)
    by_another = row(thread).claimed_by
    make.reply(thread, by=agent, kind=Kind.NOTE)
    by_a_note = row(thread).claimed_by
    make.reply(thread, by=agent, kind="solution")

    assert (by_another, by_a_note, row(thread).claimed_by) == (agent, agent, None)


def test_what_is_put_aside_comes_back_at_its_time_and_says_why_until_then(thread, agent, visiting_as):
    browser = visiting_as(agent)
    answer = browser.post(f"/desk/threads/{thread.pk}/snooze/", {"hours": "24", "because": "The carrier looks."})
    assert answer.status_code == 302

    aside, ours = browser.get("/desk/?show=snoozed"), browser.get("/desk/")
    clock.advance(timedelta(hours=24))
    after = browser.get("/desk/")
    news = browser.get("/desk/new/", {"since": ours.context["since"]}).json()

    assert "The carrier looks." in aside.text
    assert (len(ours.context["rows"]), len(after.context["rows"])) == (0, 1)
    assert news == {"count": 1}


@pytest.mark.parametrize("said", [{"hours": "24", "because": "  "}, {"hours": "9999", "because": "So."}, {}])
def test_nothing_is_put_aside_without_a_time_and_a_reason(said, thread, agent, visiting_as):
    answer = visiting_as(agent).post(f"/desk/threads/{thread.pk}/snooze/", said)

    assert answer.status_code == 422
    assert row(thread).snoozed_until is None


def test_a_word_of_the_asker_brings_it_back_at_once_and_that_of_others_does_not(thread, agent, peer, customer):
    actions.snooze_thread(by=agent, thread=thread, until=on(27, "09:00"), because="The carrier looks.")

    make.reply(thread, by=peer)
    after_others = row(thread).snoozed_until
    clock.advance(timedelta(minutes=1))
    make.reply(thread, by=customer)

    assert after_others == on(27, "09:00")
    assert (row(thread).snoozed_until, row(thread).snoozed_because) == (None, "")
    assert row(thread).entered_at == clock.now()


def test_anybody_of_the_organisation_brings_a_request_back(agent):
    fenwick = make.organisation()
    thread = make.thread(by=make.seat(fenwick).member, organisation=fenwick)
    actions.snooze_thread(by=agent, thread=thread, until=clock.now() + timedelta(days=1), because="They travel.")

    make.reply(thread, by=make.seat(fenwick).member)

    assert row(thread).snoozed_until is None


def test_an_agent_brings_it_back_himself(thread, agent, visiting_as):
    actions.snooze_thread(by=agent, thread=thread, until=on(27, "09:00"), because="The carrier looks.")

    visiting_as(agent).post(f"/desk/threads/{thread.pk}/wake/")

    assert row(thread).snoozed_until is None


def test_a_thread_in_which_nobody_waits_is_not_taken(thread, agent, customer):
    from community.threads.actions import confirm_answer

    confirm_answer(by=customer, post=make.reply(thread, by=agent, kind="solution"), works=True)

    with pytest.raises(OutOfStep, match="Nobody waits"):
        actions.take_thread(by=agent, thread=thread)
    with pytest.raises(NotAllowed):
        actions.take_thread(by=customer, thread=thread)


def test_beside_the_thread_only_support_reads_whose_it_is(thread, agent, lead, customer, visiting_as):
    actions.take_thread(by=lead, thread=thread)
    actions.claim_thread(by=lead, thread=thread)

    ours, theirs = (visiting_as(reader).get(thread.get_absolute_url()).text for reader in (agent, customer))

    assert "<dt>In hand of</dt><dd><bdi>lea</bdi></dd>" in ours
    assert "<dt>Is writing</dt><dd><bdi>lea</bdi>" in ours
    assert f'action="/desk/threads/{thread.pk}/take/"' in ours
    assert "In hand of" not in theirs
    assert "/desk/threads/" not in theirs


def test_a_script_that_claims_is_told_who_was_first(thread, agent, lead, visiting_as):
    first = visiting_as(agent).post(f"/desk/threads/{thread.pk}/claim/", headers={"Accept": "application/json"})
    second = visiting_as(lead).post(f"/desk/threads/{thread.pk}/claim/", headers={"Accept": "application/json"})

    assert first.json() == {"words": "It is yours to write in for ten minutes."}
    assert second.status_code == 409
    assert second.json()["reason"].startswith("desk-two is writing an answer")


@pytest.mark.parametrize(("hand", "status", "left"), [("", 422, True), ("nobody", 302, False)])
def test_a_thread_is_put_out_of_hand_only_by_saying_so(hand, status, left, thread, agent, visiting_as):
    actions.take_thread(by=agent, thread=thread)

    answer = visiting_as(agent).post(f"/desk/threads/{thread.pk}/assign/", {"hand": hand})

    assert answer.status_code == status
    assert (row(thread).assigned_to == agent) is left
