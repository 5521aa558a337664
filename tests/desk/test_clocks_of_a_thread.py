"""First response and solution: when the clocks of a thread start, rest, stop and run again."""

from datetime import timedelta

import pytest

from community import clock
from community.desk.actions import look_at_clocks
from community.desk.models import Breach, Clock, Target
from community.moderation.actions import close_thread, hide_post, reopen_thread, unhide_post
from community.threads.actions import (
    accept_answer,
    confirm_answer,
    delete_post,
    edit_post,
    restore_post,
    unaccept_answer,
)
from community.threads.models import Thread
from forum.consistency import clocks, shown
from tests import make
from tests.desk.conftest import on, response, solution

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def test_a_question_starts_both_clocks(asked):
    thread = asked()

    assert (response(thread).due_at, solution(thread).due_at) == (on(23, "14:00"), on(24, "17:00"))
    assert response(thread).running_since == solution(thread).running_since == on(23, "09:00")


def test_asked_at_night_the_clock_is_due_as_if_asked_in_the_morning(asked):
    assert response(asked(23, "22:30")).due_at == on(24, "14:00")


def test_without_a_promise_there_is_no_clock(customer):
    thread = make.thread(by=customer)

    assert not Clock.objects.filter(thread=thread).exists()
    assert Thread.objects.get(pk=thread.pk).due_for == ""


@pytest.mark.parametrize("details", [{"genre": "discussion"}, {"audience": "team"}])
def test_only_what_a_customer_asks_has_clocks(asked, details, agent):
    thread = asked(**details) if "genre" in details else make.thread(by=agent, **details)

    assert not Clock.objects.filter(thread=thread).exists()


@pytest.mark.parametrize("kind", ["information", "question", "workaround", "solution"])
def test_a_person_of_support_stops_the_first_clock(asked, said, agent, kind):
    thread = asked()
    said(thread, 23, "10:30", by=agent, kind=kind)

    stopped = response(thread)
    assert (stopped.stopped_at, stopped.due_at, stopped.used) == (on(23, "10:30"), None, 1.5 * HOUR)


def test_a_kind_word_stops_no_clock(asked, said, agent):
    thread = asked()
    said(thread, 23, "10:30", by=agent, kind="acknowledgement")

    assert response(thread).due_at == on(23, "14:00")
    assert solution(thread).due_at == on(24, "17:00")


def test_neither_a_note_nor_a_peer_nor_a_moderator_is_a_first_response(asked, said, agent, peer, moderator):
    thread = asked()
    said(thread, 23, "10:00", by=agent, kind="note")
    said(thread, 23, "10:10", by=peer)
    said(thread, 23, "10:20", by=moderator)

    assert response(thread).due_at == on(23, "14:00")


def test_a_kind_word_that_is_made_a_response_counts_from_the_edit(asked, said, agent):
    thread = asked()
    word = said(thread, 23, "09:10", by=agent, kind="acknowledgement")
    clock.set_to(on(23, "11:00"))
    edit_post(by=agent, post=word, body="Clear the cache.", seen_revision=0, kind="workaround")

    assert response(thread).stopped_at == on(23, "11:00")


def test_a_response_that_is_made_a_kind_word_was_none(asked, said, agent):
    thread = asked()
    word = said(thread, 23, "09:10", by=agent)
    clock.set_to(on(23, "11:00"))
    edit_post(by=agent, post=word, body="Thanks for asking.", seen_revision=0, kind="acknowledgement")

    assert response(thread).due_at == on(23, "14:00")


def test_a_response_that_is_taken_back_was_none_until_it_stands_again(asked, said, agent, moderator):
    thread = asked()
    word = said(thread, 23, "09:10", by=agent)
    clock.set_to(on(23, "11:00"))

    delete_post(by=agent, post=word, because="Wrong thread.")
    assert response(thread).due_at == on(23, "14:00")
    restore_post(by=agent, post=word)
    assert response(thread).stopped_at == on(23, "09:10")
    hide_post(by=moderator, post=word, because="Names a customer.")
    assert response(thread).due_at == on(23, "14:00")
    unhide_post(by=moderator, post=word, because="It names nobody.")
    assert response(thread).stopped_at == on(23, "09:10")


def test_a_question_back_lets_the_solution_clock_rest_until_the_asker_replies(asked, said, agent, customer):
    thread = asked()
    said(thread, 23, "10:00", by=agent, kind="question")
    assert (solution(thread).due_at, solution(thread).used, solution(thread).is_resting) == (None, HOUR, True)

    said(thread, 25, "09:00", by=customer)

    # One hour of fourteen is used: seven on Wednesday, six on Thursday.
    assert solution(thread).due_at == on(26, "16:00")


def test_thanks_from_the_asker_start_nothing(asked, said, agent, customer):
    thread = asked()
    said(thread, 23, "10:00", by=agent, kind="question")
    said(thread, 23, "11:00", by=customer, kind="acknowledgement")

    assert solution(thread).is_resting


def test_what_a_peer_proposes_lets_both_clocks_rest_and_stops_none(asked, said, peer):
    thread = asked()
    said(thread, 23, "10:00", by=peer, kind="solution")

    assert response(thread).is_resting
    assert solution(thread).is_resting


def test_a_solution_by_support_stops_the_clock(asked, said, agent):
    thread = asked()
    said(thread, 23, "11:00", by=agent, kind="solution")

    assert (solution(thread).stopped_at, solution(thread).used) == (on(23, "11:00"), 2 * HOUR)


def test_a_workaround_does_not_stop_the_solution_clock(asked, said, agent):
    thread = asked()
    said(thread, 23, "11:00", by=agent, kind="workaround")

    assert solution(thread).due_at == on(24, "17:00")


def test_still_broken_lets_the_clock_run_on(asked, said, agent, customer):
    thread = asked()
    answer = said(thread, 23, "11:00", by=agent, kind="solution")
    clock.set_to(on(24, "09:00"))
    confirm_answer(by=customer, post=answer, works=False)

    # Two of fourteen hours were used; the night of waiting for him was not.
    assert (solution(thread).stopped_at, solution(thread).due_at) == (None, on(25, "15:00"))


def test_an_asker_who_writes_after_the_solution_lets_it_run_on(asked, said, agent, customer):
    thread = asked()
    said(thread, 23, "11:00", by=agent, kind="solution")
    said(thread, 23, "16:00", by=customer)

    assert solution(thread).running_since == on(23, "16:00")


def test_acceptance_and_its_withdrawal_stop_and_start_it(asked, said, agent, peer):
    thread = asked()
    answer = said(thread, 23, "10:00", by=peer, kind="information")
    clock.set_to(on(23, "11:00"))
    accept_answer(by=agent, post=answer)
    assert solution(thread).stopped_at == on(23, "11:00")

    clock.set_to(on(23, "15:00"))
    unaccept_answer(by=agent, post=answer)

    assert solution(thread).running_since == on(23, "15:00")


def test_the_askers_word_stops_everything(asked, said, peer, customer):
    thread = asked()
    answer = said(thread, 23, "10:00", by=peer, kind="solution")
    clock.set_to(on(23, "10:30"))
    confirm_answer(by=customer, post=answer, works=True)

    assert response(thread).stopped_at == solution(thread).stopped_at == on(23, "10:30")
    assert Thread.objects.get(pk=thread.pk).due_for == ""


def test_closing_stops_and_reopening_goes_on(asked, moderator):
    thread = asked()
    clock.set_to(on(23, "10:00"))
    close_thread(by=moderator, thread=thread, because="Sold no more.")
    assert response(thread).stopped_at == on(23, "10:00")

    clock.set_to(on(24, "09:00"))
    reopen_thread(by=moderator, thread=thread)

    assert (response(thread).stopped_at, response(thread).due_at) == (None, on(24, "12:00"))


def test_a_promise_that_changes_later_changes_none_that_was_made(asked, said, peer, customer):
    thread = asked()
    Target.objects.filter(kind="response").update(minutes=24 * 60)
    said(thread, 23, "10:00", by=peer)

    assert response(thread).due_at == on(23, "14:00")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"due_at": None}, "does not show what its log says"),
        ({"used": HOUR}, "does not show what its log says"),
        ({"breached_at": on(23, "14:00")}, "nothing was recorded of it"),
        ({"stopped_at": on(23, "14:00"), "running_since": None}, "due_for is wrong about what is due"),
    ],
)
def test_a_clock_that_was_set_by_hand_is_found(asked, change, sentence):
    asked()
    assert [*clocks.clocks(), *shown.shown()] == []

    Clock.objects.update(**change)

    assert any(sentence in fault for fault in [*clocks.clocks(), *shown.shown()])


def test_what_support_asks_in_public_waits_for_no_promise(promised, agent):
    assert not Clock.objects.filter(thread=make.thread(by=agent)).exists()


def test_reading_the_log_again_comes_to_the_same(asked, said, agent, customer, peer):
    thread = asked()
    said(thread, 23, "10:00", by=agent, kind="question")
    said(thread, 23, "10:30", by=peer)
    said(thread, 23, "11:00", by=customer)
    said(thread, 23, "13:30", by=agent, kind="solution")
    before = list(Clock.objects.values())
    Clock.objects.update(used=timedelta(), stopped_at=None, due_at=None, running_since=None)

    look_at_clocks(thread.pk)

    assert list(Clock.objects.values()) == before
    assert not Breach.objects.exists()
