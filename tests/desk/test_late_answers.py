"""Warnings at half and at 80 %, breaches that stay, and who hears of them."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db.models import ProtectedError

from community import clock
from community.desk import tasks
from community.desk.models import Breach, ChainLink, Clock, Telling, Unchangeable
from community.desk.tasks import look_at_due_clocks, mail_telling
from community.people.models import Role
from community.threads.actions import delete_post
from community.threads.models import Thread
from tests import make
from tests.desk.conftest import on, response, solution

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain(lead, manager):
    ChainLink.objects.create(rank="lead", member=lead)
    ChainLink.objects.create(rank="manager", member=manager)


def a_minute_passes_at(day: int, at: str) -> None:
    clock.set_to(on(day, at))
    look_at_due_clocks.func()


def told(thread: Thread, mark: int, kind: str = "response") -> list[tuple[str, str]]:
    rows = Telling.objects.filter(thread=thread, mark=mark, kind=kind).order_by("pk")
    return [(row.member.handle, row.rank) for row in rows]


def test_four_hours_warn_after_two_and_after_three_and_twelve_minutes(asked, chain, lead):
    thread = asked()

    assert response(thread).next_at == on(23, "11:00")
    a_minute_passes_at(23, "10:59")
    assert response(thread).told == 0
    a_minute_passes_at(23, "11:00")
    assert (response(thread).told, response(thread).next_at) == (50, on(23, "13:12"))
    a_minute_passes_at(23, "13:12")
    assert (response(thread).told, response(thread).next_at) == (80, on(23, "14:00"))


def test_looking_twice_tells_once(asked, chain, lead):
    thread = asked()

    for _ in range(3):
        a_minute_passes_at(23, "13:15")

    assert told(thread, 50) == []
    assert told(thread, 80) == [("lea", "lead")]


def test_at_80_per_cent_the_agent_and_his_lead_are_told(asked, said, chain, agent):
    thread = asked()
    said(thread, 23, "09:30", by=agent, kind="workaround")
    a_minute_passes_at(24, "15:00")

    assert told(thread, 80, "solution") == [("desk-two", "agent"), ("lea", "lead")]


def test_at_half_time_only_whoever_has_it_in_hand_is_told(asked, said, chain, agent):
    thread = asked()
    said(thread, 23, "09:30", by=agent, kind="workaround")
    a_minute_passes_at(23, "17:00")

    assert told(thread, 50, "solution") == [("desk-two", "agent")]


def test_a_breach_tells_the_chain_once_each(asked, said, chain, agent):
    thread = asked()
    said(thread, 23, "09:30", by=agent, kind="workaround")

    a_minute_passes_at(24, "17:00")
    assert not Breach.objects.exists()
    a_minute_passes_at(24, "17:01")
    a_minute_passes_at(25, "09:00")

    assert told(thread, 100, "solution") == [("desk-two", "agent"), ("lea", "lead"), ("mandana", "manager")]
    breach = Breach.objects.get()
    assert (breach.kind, breach.due_at, breach.minutes) == ("solution", on(24, "17:00"), 840)


def test_who_is_lead_and_manager_at_once_is_told_once(asked, lead):
    ChainLink.objects.create(rank="lead", member=lead)
    ChainLink.objects.create(rank="manager", member=lead)
    thread = asked()
    a_minute_passes_at(23, "14:01")

    assert told(thread, 100) == [("lea", "lead")]


def test_who_may_not_read_the_thread_hears_nothing_of_it(asked):
    former = make.member("former", role=Role.CUSTOMER)
    ChainLink.objects.create(rank="lead", member=former)
    thread = asked(space=make.space(members=[]), audience="named")
    a_minute_passes_at(23, "14:01")

    assert told(thread, 100) == []


def test_an_answer_at_the_very_minute_is_in_time(asked, said, agent):
    thread = asked()
    said(thread, 23, "14:00", by=agent)
    a_minute_passes_at(23, "14:01")

    assert not Breach.objects.filter(kind="response").exists()
    assert response(thread).breached_at is None


def test_a_late_answer_is_a_breach_although_nobody_looked_before(asked, said, agent):
    thread = asked()
    said(thread, 23, "14:05", by=agent)

    assert Breach.objects.get().due_at == response(thread).breached_at == on(23, "14:00")
    assert response(thread).stopped_at == on(23, "14:05")


def test_a_thread_that_cannot_be_read_keeps_nobody_from_hearing_of_the_others(asked, chain, monkeypatch, caplog):
    broken, sound = asked(title="Broken"), asked(title="Sound")
    look = tasks.look_at_clocks

    def look_at_clocks(thread_id: int) -> None:
        if thread_id == broken.pk:
            raise ValueError("This thread cannot be read.")
        look(thread_id)

    monkeypatch.setattr(tasks, "look_at_clocks", look_at_clocks)
    a_minute_passes_at(23, "13:12")

    assert (told(broken, 80), told(sound, 80)) == ([], [("lea", "lead")])
    assert f"look_at_clocks({broken.pk}) could not be done" in caplog.text


def test_after_a_night_without_a_worker_only_the_breach_is_told(asked, chain):
    thread = asked()
    a_minute_passes_at(24, "09:00")

    assert told(thread, 50) == told(thread, 80) == []
    assert told(thread, 100) == [("lea", "lead"), ("mandana", "manager")]


def test_a_breach_stays_when_the_late_answer_is_taken_back_and_given_again(asked, said, agent):
    thread = asked()
    late = said(thread, 23, "15:00", by=agent)
    before = Breach.objects.values().get()

    clock.set_to(on(23, "16:00"))
    delete_post(by=agent, post=late, because="Wrong thread.")
    said(thread, 23, "16:30", by=agent)

    assert Breach.objects.values().get() == before


def test_nothing_changes_or_removes_a_breach(asked, said, agent, keeper, visiting_as):
    thread = asked()
    said(thread, 23, "15:00", by=agent)
    breach = Breach.objects.get()
    before = Breach.objects.values().get()

    breach.due_at += timedelta(hours=2)
    with pytest.raises(Unchangeable):
        breach.save()
    with pytest.raises(Unchangeable):
        breach.delete()
    for change in (
        lambda: Breach.objects.update(due_at=on(23, "16:00")),
        lambda: Breach.objects.all().delete(),
        lambda: Breach.objects.bulk_update([breach], ["due_at"]),
    ):
        with pytest.raises(TypeError):
            change()
    with pytest.raises(ProtectedError):
        Thread.objects.filter(pk=thread.pk).delete()
    admin = visiting_as(keeper)
    assert admin.get(f"/admin/desk/breach/{breach.pk}/change/").status_code == 200
    assert admin.post(f"/admin/desk/breach/{breach.pk}/change/", {"minutes": 1}).status_code == 403
    assert admin.post(f"/admin/desk/breach/{breach.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Breach.objects.values().get() == before


def test_a_clock_that_rests_warns_nobody(asked, said, agent, chain):
    thread = asked()
    said(thread, 23, "10:00", by=agent, kind="question")
    a_minute_passes_at(27, "16:00")

    assert solution(thread).told == 0
    assert Clock.objects.to_look_at(clock.now()).count() == 0


def test_the_mail_says_what_is_due_when_and_where_and_goes_once(asked, chain, lead):
    thread = asked(title="Keys expired")
    a_minute_passes_at(23, "13:12")
    telling = Telling.objects.get(thread=thread)

    mail_telling.func(telling.pk)
    mail_telling.func(telling.pk)

    (letter,) = mail.outbox
    assert letter.to == ["lea@example.com"]
    assert letter.subject == f"#{thread.pk}: 80 % of the time has passed"
    assert "A first response is due at 23 Nov 2026, 14:00 (Europe/Berlin)." in letter.body
    assert thread.get_absolute_url() in letter.body
