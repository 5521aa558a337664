"""A request in the evening, a demonstration in the morning, and a queue that says "a day": replayed to the minute."""

from datetime import timedelta

import pytest

from community import clock
from community.desk.actions import (
    accept_deadline,
    answer_offer,
    judge_promise,
    look_at_clocks,
    make_offer,
    say_delivered,
    state_deadline,
)
from community.desk.models import Promise, Target
from community.inbox.models import Notice
from community.policy import NotAllowed
from community.threads.models import Outlook
from tests import make
from tests.desk.conftest import on

THURSDAY, FRIDAY = 26, 27
DEMONSTRATION = on(FRIDAY, "09:30")


@pytest.fixture
def a_day(db):
    """Everybody is promised a solution within a day, round the clock."""
    from community.desk.models import Calendar

    always = Calendar.objects.create(name="Always", zone="Europe/Berlin", is_round_the_clock=True)
    Target.objects.create(kind="solution", minutes=24 * 60, calendar=always)


def test_a_key_that_was_needed_in_the_morning_came_in_the_morning(a_day, visiting_as, agent):
    maria = make.member("maria", time_zone="Europe/Berlin")
    nadia = agent
    clock.set_to(on(THURSDAY, "19:46"))
    thread = make.thread(by=maria, title="Our licence keys are used up", body="All installations are spent.")
    deadline = state_deadline(
        by=maria, thread=thread, at=DEMONSTRATION, otherwise="We lose a customer.", least="One key for one machine."
    )

    page = visiting_as(maria).get(thread.get_absolute_url()).content.decode()
    assert "Our present word is later than your deadline" in page
    assert deadline.decide_by == on(THURSDAY, "20:46")
    called = Notice.objects.get(member=nadia, kind="deadline")
    assert called.at == on(THURSDAY, "19:46")
    assert maria.called not in called.title

    clock.set_to(on(THURSDAY, "20:45"))
    make.reply(thread, by=nadia, body="How many machines, and do they have a network?", kind="question")
    clock.set_to(on(THURSDAY, "20:50"))
    make.reply(thread, by=maria, body="Two, and no.")

    clock.set_to(on(THURSDAY, "21:45"))
    accept_deadline(
        by=nadia,
        deadline=deadline,
        what="Keys for two machines",
        begins_at=on(FRIDAY, "07:00"),
        until=on(FRIDAY, "07:30"),
        because="on_site",
    )
    offer = make_offer(by=nadia, thread=thread, what="I can drive in tonight, 45 minutes")
    answer_offer(by=maria, offer=offer, accepts=False)
    promise = Promise.objects.get()
    assert promise.stands == "running"
    page = visiting_as(maria).get(thread.get_absolute_url()).content.decode()
    assert "27 Nov 2026, 07:00 to 07:30 (Europe/Berlin)" in page
    assert "a person must be on site" in page

    clock.set_to(on(FRIDAY, "07:15"))
    make.reply(thread, by=nadia, body="The keys are in the attachment.", kind="solution")
    say_delivered(by=nadia, promise=promise)
    with pytest.raises(NotAllowed, match="Only the asker"):
        judge_promise(by=nadia, promise=promise, word="kept")
    clock.set_to(on(FRIDAY, "07:20"))
    judge_promise(by=maria, promise=promise, word="kept")

    outlook = Outlook.objects.get(thread=thread)
    assert outlook.promise_stands == "kept"
    assert outlook.planned_at - thread.created_at == timedelta(hours=1, minutes=59)
    assert outlook.done_at == on(FRIDAY, "07:15")
    clock.set_to(DEMONSTRATION)
    look_at_clocks(thread.pk)
    page = visiting_as(None).get(thread.get_absolute_url()).content.decode()
    for said in ("59 min", "1 h 59 min", "11 h 29 min", "The promise was kept"):
        assert said in page
