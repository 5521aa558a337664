"""One queue for all that waits: who has claimed something decides it, and a slip of the hand is undone."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from community import clock
from community.events import publish
from community.inbox.models import Notice
from community.moderation.actions import (
    appeal_sanction,
    claim_case,
    claim_next,
    decline_flag,
    decline_held,
    flag_thing,
    let_go_of_case,
    sanction_member,
    undo_decision,
    uphold_flag,
    withdraw_held,
)
from community.moderation.events import TextHeld
from community.moderation.models import Case, Decision, Flag, Held, Verb
from community.people.actions import set_role
from community.people.models import Role
from community.policy import NotAllowed, OutOfStep
from community.threads.actions import delete_post
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def other():
    return make.member("wanda", role=Role.MODERATOR)


@pytest.fixture
def flag(thread, customer) -> Flag:
    """The customer has flagged the peer's answer."""
    return flag_thing(by=customer, thing=thread.posts.get(number=2), why="abuse", words="Rude.")


def test_while_a_claim_runs_nobody_else_decides_and_after_ten_minutes_anybody_does(flag, moderator, other, trace):
    clock.set_to(clock.now())
    claim_case(by=moderator, case=flag.case)
    before = trace()

    for act in (uphold_flag, decline_flag):
        with pytest.raises(OutOfStep, match="osier has claimed this and decides it within 10 min"):
            act(by=other, flag=flag, because="Mine.")
    with pytest.raises(OutOfStep, match="has claimed"):
        claim_case(by=other, case=flag.case)

    assert trace() == before
    clock.advance(timedelta(minutes=10))
    decline_flag(by=other, flag=flag, because="It stands.")
    case = Case.objects.get()
    assert (case.decided_by, case.outcome, case.claimed_by) == (other, "declined", None)


def test_whoever_lets_go_or_loses_the_role_keeps_nothing_from_others(flag, moderator, other):
    claim_case(by=moderator, case=flag.case)
    let_go_of_case(by=moderator, case=flag.case)
    claim_case(by=other, case=flag.case)
    set_role(by=make.member(role=Role.ADMINISTRATOR), member=other, role=Role.CUSTOMER)

    for act in (claim_case, let_go_of_case, undo_decision):
        with pytest.raises(NotAllowed, match="Only moderators"):
            act(by=other, case=flag.case)


def test_one_press_claims_the_gravest_that_is_free(flag, moderator, other, customer):
    lesser = flag_thing(by=customer, thing=make.reply(make.thread()), why="spam")
    between = make.reply(make.thread())
    private = flag_thing(by=customer, thing=between, why="private")
    Case.objects.filter(pk=private.case_id).update(for_support=True)

    assert claim_next(by=moderator) == flag.case
    assert claim_next(by=other) == lesser.case
    with pytest.raises(OutOfStep, match="Nothing is free"):
        claim_next(by=other)


def test_all_that_waits_is_one_list_with_counts_by_kind_and_space(
    flag, thread, moderator, visiting_as, django_assert_max_num_queries
):
    judge, about = make.member(role=Role.MODERATOR), make.member("harald")
    sanction = sanction_member(by=judge, member=about, kind="silence", because="Enough.")
    appeal_sanction(by=about, sanction=sanction, words="It was a joke.")
    lesser = make.reply(make.thread(space=make.space("Devices", slug="devices")))
    for _each in range(3):
        flag_thing(by=make.member(), thing=lesser, why="spam")
    browser = visiting_as(moderator)

    browser.get("/moderation/")
    with django_assert_max_num_queries(12):
        page = browser.get("/moderation/")

    assert [line.case.kind for line in page.context["cases"]] == ["flags", "appeal", "flags"]
    assert [tab["count"] for tab in page.context["tabs"][:4]] == [3, 2, 0, 1]
    assert [(tab["words"], tab.get("count")) for tab in page.context["places"]] == [
        ("All spaces", None),
        ("Devices", 1),
        ("Mail", 1),
    ]
    assert "1 warning, silence or suspension" in page.text
    here = browser.get("/moderation/?show=flags&space=devices")
    assert [line.post for line in here.context["cases"]] == [lesser]


def test_a_moderator_claims_and_decides_with_a_canned_reason(flag, moderator, other, visiting_as):
    browser, second = visiting_as(moderator), visiting_as(other)

    assert browser.post("/moderation/next/").url == f"/moderation/?show=mine#case-{flag.case_id}"
    assert "claimed by <bdi>osier</bdi>" in second.get("/moderation/").text
    refused = second.post(f"/moderation/flags/{flag.pk}/", {"because": "Mine.", "decline": "1"})
    assert (refused.status_code, "osier has claimed this" in refused.text) == (409, True)
    sent = {"canned": "It attacks a person instead of the problem.", "because": "", "uphold": "1"}
    answer = browser.post(f"/moderation/flags/{flag.pk}/?show=mine", sent)

    assert answer.url == "/moderation/?show=mine"
    flag.refresh_from_db()
    assert flag.decided_because == "It attacks a person instead of the problem."
    assert "Undo" in browser.get("/moderation/").text
    assert "You have just decided" not in second.get("/moderation/").text


def test_a_decision_is_undone_within_ten_seconds_as_if_it_had_never_been(flag, thread, moderator, peer, visiting_as):
    clock.set_to(clock.now())
    uphold_flag(by=moderator, flag=flag, because="Rude.")
    told = Notice.objects.filter(kind__in=("flag_upheld", "post_hidden"))
    assert sorted(told.values_list("member", flat=True)) == sorted([flag.flagger_id, peer.pk])

    visiting_as(moderator).post(f"/moderation/cases/{flag.case_id}/undo/")

    flag.refresh_from_db()
    post = flag.post
    thread.refresh_from_db()
    assert (flag.outcome, flag.decided_at, post.hidden_at, thread.reply_count) == ("", None, None, 1)
    assert not told.exists()
    assert Case.objects.get().decided_at is None
    assert list(Decision.objects.order_by("pk").values_list("verb", flat=True)) == [Verb.UPHELD_FLAG, Verb.UNDID]
    peer.refresh_from_db()
    assert peer.unread_notices == Notice.objects.unread().filter(member=peer).count()


def test_undoing_is_for_whoever_decided_and_only_at_once(flag, thread, peer, moderator, other):
    clock.set_to(clock.now())
    on_question = flag_thing(by=peer, thing=thread.posts.get(number=1), why="spam")
    uphold_flag(by=moderator, flag=on_question, because="Spam.")
    with pytest.raises(NotAllowed, match="Only whoever decided"):
        undo_decision(by=other, case=on_question.case)
    undo_decision(by=moderator, case=on_question.case)
    thread.refresh_from_db()
    assert not thread.is_hidden
    decline_flag(by=moderator, flag=flag, because="It stands.")

    clock.advance(timedelta(seconds=13))

    with pytest.raises(OutOfStep, match="More than 10 seconds"):
        undo_decision(by=moderator, case=flag.case)


def test_what_was_removed_meanwhile_is_still_decided_and_stays_removed_after_an_undo(flag, moderator):
    delete_post(by=moderator, post=flag.post, because="Gone.")

    uphold_flag(by=moderator, flag=flag, because="Rude.")
    undo_decision(by=moderator, case=flag.case)

    flag.refresh_from_db()
    assert (flag.post.deleted_because, flag.decided_at) == ("Gone.", None)


def test_what_is_held_waits_in_the_same_queue_and_its_author_may_take_it_back_from_under_a_claim(
    thread, peer, moderator, other, visiting_as
):
    held = Held.objects.create(
        by=peer, what="reply", space=thread.space, thread=thread, at=clock.now(), body="Mine.", reasons=[["spam", ""]]
    )
    publish(TextHeld(held_id=held.pk, member_id=peer.pk))
    case = Case.objects.get(held=held)
    claim_case(by=moderator, case=case)
    with pytest.raises(OutOfStep, match="has claimed"):
        decline_held(by=other, held=held, because="No.")
    decline_held(by=moderator, held=held, because="No.")
    undo_decision(by=moderator, case=case)
    held.refresh_from_db()
    assert (held.state, Notice.objects.filter(kind="held_declined").exists()) == ("waiting", False)

    claim_case(by=moderator, case=case)
    withdraw_held(by=peer, held=held)

    case.refresh_from_db()
    assert (case.outcome, case.decided_by) == ("withdrawn", peer)


def test_the_database_keeps_one_open_case_for_each_thing(flag):
    again = {"kind": "flags", "since": clock.now(), "post": flag.post}
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.create(**again)
    with pytest.raises(IntegrityError, match="decided_cases_say_by_whom"), transaction.atomic():
        Case.objects.filter(pk=flag.case_id).update(decided_at=clock.now(), outcome="upheld")
    with pytest.raises(IntegrityError, match="a_case_is_about_one_thing"), transaction.atomic():
        Case.objects.create(kind="flags", since=clock.now())
