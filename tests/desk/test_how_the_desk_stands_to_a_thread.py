"""In which queue a thread stands, and what breaks next in it: read from the thread at every change."""

from importlib import import_module

import pytest
from django.apps import apps

from community.desk.actions import take_up_missed
from community.desk.models import Handling
from community.moderation.actions import close_thread, hide_thread, unhide_thread
from community.threads.actions import confirm_answer
from community.threads.models import Genre, Thread
from tests import make
from tests.desk.conftest import on

pytestmark = pytest.mark.django_db


def queue(thread) -> str | None:
    return Handling.objects.get(thread=thread).queue


def test_a_question_goes_through_the_queues_with_its_turns(customer, peer, agent, moderator):
    thread = make.thread(by=customer)
    assert queue(thread) == "unanswered"
    make.reply(thread, by=customer, body="It is the mail machine.")
    assert queue(thread) == "unanswered"
    make.reply(thread, by=peer, body="Me too.")
    assert queue(thread) == "others_wrote"
    make.reply(thread, by=customer, body="Since when?")
    assert queue(thread) == "came_back"
    make.reply(thread, by=agent, kind="question")
    assert queue(thread) == "asker"
    make.reply(thread, by=customer, body="Version 7.2.")
    assert queue(thread) == "came_back"
    answer = make.reply(thread, by=agent, kind="solution")
    assert queue(thread) == "to_confirm"
    confirm_answer(by=customer, post=answer, works=False)
    assert queue(thread) == "contradiction"
    again = make.reply(thread, by=agent, kind="solution")
    confirm_answer(by=customer, post=again, works=True)
    assert queue(thread) is None
    confirm_answer(by=peer, post=again, works=False)
    assert queue(thread) == "contradiction"
    close_thread(by=moderator, thread=thread, because="Said twice.")
    assert queue(thread) is None


def test_what_is_hidden_or_no_question_stands_in_no_queue(customer, moderator):
    talk = make.thread(by=customer, genre=Genre.DISCUSSION)
    thread = make.thread(by=customer)

    hide_thread(by=moderator, thread=thread, because="Advertising.")
    gone = queue(thread)
    unhide_thread(by=moderator, thread=thread, because="It was none.")

    assert (gone, queue(thread)) == (None, "unanswered")
    assert not Handling.objects.filter(thread=talk).exists()


def test_what_breaks_next_is_the_first_clock_that_runs(asked, said, agent, customer):
    thread = asked(23, "09:00")
    row = Handling.objects.get(thread=thread)
    assert (row.next_for, row.next_at) == ("response", on(23, "14:00"))

    said(thread, 23, "11:00", by=agent, kind="question")
    row.refresh_from_db()
    assert (row.next_for, row.next_at) == ("", None)

    said(thread, 23, "15:00", by=customer)
    row.refresh_from_db()
    assert (row.next_for, row.next_at) == ("solution", on(25, "12:00"))


def test_threads_from_before_stand_where_they_would_stand(asked, said, agent, customer, peer, moderator):
    threads = [asked(23, f"09:{place:02}") for place in range(6)]
    make.reply(threads[1], by=peer)
    make.reply(threads[2], by=agent, kind="question")
    answer = make.reply(threads[3], by=agent, kind="solution")
    confirm_answer(by=customer, post=make.reply(threads[4], by=agent, kind="solution"), works=True)
    confirm_answer(by=customer, post=answer, works=False)
    hide_thread(by=moderator, thread=threads[5], because="Advertising.")
    fields = ("thread", "queue", "since", "next_at", "next_for")
    kept = list(Handling.objects.open().order_by("pk").values_list(*fields))
    Handling.objects.all().delete()

    import_module("community.desk.migrations.0004_handling_of_what_is_open").take_up(apps, None)

    assert list(Handling.objects.order_by("pk").values_list(*fields)) == kept
    assert len(kept) == 4


def test_threads_that_were_brought_in_are_taken_up_once(customer):
    waiting, ended = make.thread(by=customer), make.thread(by=customer)
    Handling.objects.all().delete()
    Thread.objects.filter(pk=ended.pk).update(state="unknown")

    taken = [take_up_missed(), take_up_missed()]

    assert taken == [1, 0]
    assert queue(waiting) == "unanswered"
