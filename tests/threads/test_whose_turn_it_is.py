"""What people say moves the turn; what others click never takes a question out of the queue it is in."""

import pytest

from community.moderation.actions import close_thread, reopen_thread
from community.threads.actions import accept_answer, confirm_answer, unaccept_answer, withdraw_confirmation
from community.threads.models import Kind, State, Thread
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def thread(customer) -> Thread:
    return make.thread(by=customer)


def state(thread: Thread) -> State:
    return Thread.objects.values_list("state", flat=True).get(pk=thread.pk)


def test_others_for_whom_it_works_do_not_answer_the_asker_who_came_back(thread, customer, peer, agent):
    answer = make.reply(thread, by=agent, kind=Kind.SOLUTION)
    make.reply(thread, by=customer, body="I did that and it still fails.")
    assert state(thread) == State.WAITING_US

    confirm_answer(by=peer, post=answer, works=True)

    assert state(thread) == State.WAITING_US


def test_a_second_answer_accepted_by_support_is_for_the_asker_to_try(thread, customer, peer, agent):
    make.reply(thread, by=agent, kind=Kind.SOLUTION)
    make.reply(thread, by=customer, body="I did that and it still fails.")
    better = make.reply(thread, by=peer)

    accept_answer(by=agent, post=better)

    assert state(thread) == State.ANSWERED


def test_still_broken_taken_back_is_for_the_asker_to_try_again(thread, customer, agent):
    answer = make.reply(thread, by=agent, kind=Kind.SOLUTION)
    confirm_answer(by=customer, post=answer, works=False)
    assert state(thread) == State.WAITING_US

    withdraw_confirmation(by=customer, post=answer)

    assert state(thread) == State.ANSWERED


def test_what_support_no_longer_stands_behind_waits_for_us(thread, peer, agent):
    answer = make.reply(thread, by=peer)
    accept_answer(by=agent, post=answer)

    unaccept_answer(by=agent, post=answer)

    assert state(thread) == State.WAITING_US


def test_a_question_on_a_confirmed_answer_leaves_it_confirmed(thread, customer, peer, agent):
    answer = make.reply(thread, by=agent, kind=Kind.SOLUTION)
    confirm_answer(by=customer, post=answer, works=True)

    make.reply(thread, by=peer, kind=Kind.QUESTION, body="On which version was that?")

    assert state(thread) == State.CONFIRMED


@pytest.mark.parametrize(("confirmed", "became"), [(False, State.WAITING_US), (True, State.CONFIRMED)])
def test_opened_again_it_waits_for_us_unless_the_asker_confirmed(thread, customer, agent, moderator, confirmed, became):
    answer = make.reply(thread, by=agent, kind=Kind.SOLUTION)
    if confirmed:
        confirm_answer(by=customer, post=answer, works=True)
    close_thread(by=moderator, thread=thread, because="Old")

    reopen_thread(by=moderator, thread=thread, because="Not old")

    assert state(thread) == became
