"""Many people judge the answers of one question in the same moment, while moderators take answers away."""

from functools import partial

import pytest
from django.db.models import Count, F

from community.moderation.actions import hide_post, unhide_post
from community.people.models import Member, Role
from community.policy import Refusal
from community.threads.actions import (
    accept_answer,
    confirm_answer,
    delete_post,
    restore_post,
    unaccept_answer,
    withdraw_confirmation,
)
from community.threads.models import Confirmation, Kind, Post, State, Thread, Voice
from forum.consistency import faults
from tests import make
from tests.concurrency.sizes import LONG

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 100 if LONG else 10
# What somebody else was quicker with is no fault.
REFUSED = "refused"


def tried(act, **what) -> str:
    try:
        act(**what)
    except Refusal:
        return REFUSED
    return "done"


def helped() -> dict[int, int]:
    """How many people each author has helped, counted from the words people gave."""
    words = Confirmation.objects.filter(works=True).exclude(voice=Voice.SUPPORT)
    of_others = words.exclude(post__author=F("post__thread__author")).order_by()
    return dict(of_others.values_list("post__author").annotate(n=Count("pk")))


def assert_whole(thread: Thread) -> None:
    assert [fault for fault in faults() if "index" not in fault] == []
    thread.refresh_from_db()
    removed = Post.objects.filter(thread=thread).exclude(hidden_at=None, deleted_at=None)
    assert not Confirmation.objects.filter(post__in=removed).exists()
    assert not removed.exclude(accepted_by_support_at=None).exists()
    credited = Member.objects.filter(helped_count__gt=0).values_list("pk", "helped_count")
    assert dict(credited) == helped()


@pytest.mark.parametrize("_round", range(ROUNDS if LONG else 1))
def test_many_of_support_accept_different_answers_and_each_is_accepted_once(at_once, _round):
    customer, peer = make.member(), make.member()
    thread = make.thread(by=customer)
    answers = [make.reply(thread, by=peer, kind=Kind.SOLUTION) for _ in range(4)]
    agents = [make.member(role=Role.AGENT) for _ in range(16)]
    others = [make.member() for _ in range(12)]

    at_once(
        [
            *(partial(accept_answer, by=agent, post=answers[n % 4]) for n, agent in enumerate(agents)),
            *(partial(accept_answer, by=customer, post=answer) for answer in answers),
            *(partial(confirm_answer, by=other, post=answers[n % 4], works=True) for n, other in enumerate(others)),
        ]
    )

    given = Confirmation.objects.values_list("post", "voice").annotate(n=Count("pk"))
    assert {(post, voice): n for post, voice, n in given} == {
        (answer.pk, voice): 3 if voice == Voice.OTHER else 1 for answer in answers for voice in Voice
    }
    peer.refresh_from_db()
    assert peer.helped_count == 16
    assert thread.state == State.WAITING_US
    assert_whole(thread)
    assert thread.state == State.CONFIRMED
    assert thread.best in answers


def test_an_accepted_answer_is_never_a_removed_one(at_once):
    customer, peer = make.member(), make.member()
    agents = [make.member(role=Role.AGENT) for _ in range(2)]
    moderators = [make.member(role=Role.MODERATOR) for _ in range(2)]
    thread = make.thread(by=customer)
    answer = make.reply(thread, by=peer, kind=Kind.SOLUTION)
    outcomes = set()

    for n in range(ROUNDS):
        take_away, bring_back = (hide_post, unhide_post) if n % 2 else (delete_post, restore_post)
        away = [partial(tried, take_away, by=by, post=answer, because="Wrong") for by in moderators]
        accept = [partial(tried, accept_answer, by=by, post=answer) for by in (*agents, customer)]
        outcomes.add(tuple(at_once([*away, *accept])))

        assert_whole(thread)
        assert (thread.best, thread.accepted_by_support_at, thread.confirmed_by_asker_at) == (None, None, None)
        back = {"because": "A mistake"} if n % 2 else {}
        bring_back(by=moderators[0], post=answer, **back)
        assert_whole(thread)

    for outcome in outcomes:
        # Of two who take it away one was the first; the other is told.
        assert sorted(outcome[:2]) == ["done", REFUSED]


def test_accepting_and_taking_it_back_at_once_ends_in_one_of_both(at_once):
    customer, peer, agent = make.member(), make.member(), make.member(role=Role.AGENT)
    thread = make.thread(by=customer)
    answer = make.reply(thread, by=peer, kind=Kind.SOLUTION)
    others = [make.member() for _ in range(2)]

    for _round in range(ROUNDS):
        at_once(
            [
                partial(tried, accept_answer, by=agent, post=answer),
                partial(tried, unaccept_answer, by=agent, post=answer),
                partial(tried, confirm_answer, by=customer, post=answer, works=True),
                partial(tried, confirm_answer, by=customer, post=answer, works=False),
                partial(tried, withdraw_confirmation, by=customer, post=answer),
                *(partial(tried, confirm_answer, by=other, post=answer, works=True) for other in others),
                *(partial(tried, withdraw_confirmation, by=other, post=answer) for other in others),
            ]
        )
        assert_whole(thread)


def test_two_who_help_each_other_do_not_wait_for_each_other_for_ever(at_once):
    """Each confirms the other's answer, in two threads."""
    one, other = make.member(), make.member()
    answer_of_one = make.reply(make.thread(by=other), by=one, kind=Kind.SOLUTION)
    answer_of_other = make.reply(make.thread(by=one), by=other, kind=Kind.SOLUTION)

    for _round in range(ROUNDS):
        at_once(
            [
                partial(confirm_answer, by=other, post=answer_of_one, works=True),
                partial(confirm_answer, by=one, post=answer_of_other, works=True),
            ]
        )
        at_once(
            [
                partial(withdraw_confirmation, by=other, post=answer_of_one),
                partial(withdraw_confirmation, by=one, post=answer_of_other),
            ]
        )

    assert helped() == {}
    assert not Member.objects.filter(helped_count__gt=0).exists()
