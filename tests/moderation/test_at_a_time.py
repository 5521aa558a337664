"""Slow mode, and what happens to a thread by itself at a time: never to one that somebody waits in."""

from datetime import UTC, datetime, timedelta

import pytest

from community import clock
from community.inbox.models import Notice, NoticeKind
from community.moderation.actions import (
    drop_timers,
    lock_thread,
    merge_thread,
    pin_thread,
    run_timer,
    set_timer,
    slow_thread,
)
from community.moderation.models import Decision, Timer, Verb
from community.moderation.tasks import do_what_is_due
from community.policy import Invalid, NotAllowed, OutOfStep
from community.threads.actions import delete_post, post_reply, save_draft
from community.threads.models import EntryKind, Thread
from tests import make

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def noon():
    clock.set_to(NOON)
    yield
    clock.reset()


def now(thread: Thread) -> Thread:
    return Thread.objects.get(pk=thread.pk)


def test_in_slow_mode_one_waits_between_two_replies_and_the_team_does_not(moderator, peer, thread, visiting_as, client):
    clock.advance(HOUR)
    slow_thread(by=moderator, thread=thread, minutes=15, because="One after the other.")
    first = post_reply(by=peer, thread=thread, body="First.")
    delete_post(by=peer, post=first, because="Again.")
    clock.advance(timedelta(minutes=14))

    with pytest.raises(NotAllowed, match=r"until 2 Nov 2026, 13:15 \(UTC\)"):
        post_reply(by=peer, thread=thread, body="Second.")
    answer = visiting_as(peer).post(f"/threads/{thread.pk}/reply/", {"body": "My long words.", "token": "t1"})
    assert (answer.status_code, "My long words." in answer.text) == (403, True)
    assert save_draft(by=peer, thread=thread, body="My long words.")
    for _twice in range(2):
        post_reply(by=moderator, thread=thread, body=f"Words of the team at {clock.now()}.", token=f"m{_twice}")
    assert "Everybody replies once in 15 minutes at most." in client.get(thread.address).text

    clock.advance(timedelta(minutes=1))
    assert post_reply(by=peer, thread=thread, body="Second.")
    with pytest.raises(OutOfStep, match="already so"):
        slow_thread(by=moderator, thread=thread, minutes=15)


@pytest.mark.parametrize(
    ("act", "before", "mark", "says"),
    [
        ("lock", None, "locked_at", "Will be locked on"),
        ("close", None, "closed_at", "Will be closed on"),
        ("unlock", lock_thread, "locked_at", "Locked until"),
        ("unpin", pin_thread, "pinned_at", "Pinned until"),
    ],
)
def test_at_its_time_it_happens_once_and_the_thread_says_so_before(
    act, before, mark, says, moderator, thread, client, decision
):
    if before:
        before(by=moderator, thread=thread, **({"because": "For now."} if act == "unlock" else {}))
    was = getattr(now(thread), mark)

    set_timer(by=moderator, thread=thread, act=act, at=NOON + HOUR, because="The maintenance is over then.")
    page = client.get(thread.address).text
    do_what_is_due.func()
    assert (says in page, getattr(now(thread), mark)) == (True, was)
    clock.advance(HOUR)
    for _twice in range(2):
        do_what_is_due.func()

    thread = now(thread)
    assert bool(getattr(thread, mark)) is not bool(was)
    assert (thread.planned_act, thread.planned_at) == ("", None)
    assert (decision().actor, Decision.objects.filter(verb=Verb.SET_TIMER).count()) == (moderator, 1)
    assert says not in client.get(thread.address).text


@pytest.mark.parametrize("act", ["lock", "close"])
def test_no_clock_ends_what_somebody_waits_in(act, moderator, customer):
    unanswered = make.thread(by=customer)
    waiting = make.thread(by=customer)
    make.reply(waiting, body="Me too.")

    for thread in (unanswered, waiting):
        with pytest.raises(Invalid, match="Somebody waits here"):
            set_timer(by=moderator, thread=thread, act=act, at=NOON + HOUR, because="So.")

    assert not Timer.objects.exists()


def test_when_somebody_waits_by_then_it_is_left_and_whoever_set_it_is_told(moderator, customer, thread):
    set_timer(by=moderator, thread=thread, act="close", at=NOON + HOUR, because="So.")
    post_reply(by=customer, thread=thread, body="It is still broken.")
    clock.advance(HOUR)

    for _twice in range(2):
        do_what_is_due.func()

    thread = now(thread)
    assert (thread.is_closed, thread.planned_at) == (False, None)
    assert thread.log.latest("seq").kind == EntryKind.PLAN_SKIPPED
    assert Notice.objects.get(kind=NoticeKind.TIMER_SKIPPED).member == moderator


def test_a_time_is_replaced_and_taken_back(moderator, thread):
    set_timer(by=moderator, thread=thread, act="lock", at=NOON + HOUR, because="So.")
    set_timer(by=moderator, thread=thread, act="lock", at=NOON + 2 * HOUR, because="Later.")
    assert now(thread).planned_at == NOON + 2 * HOUR

    drop_timers(by=moderator, thread=thread)
    clock.advance(3 * HOUR)
    do_what_is_due.func()

    assert (now(thread).planned_at, now(thread).is_locked) == (None, False)
    with pytest.raises(OutOfStep, match="No time is set"):
        drop_timers(by=moderator, thread=thread)


def test_what_was_merged_or_done_meanwhile_is_left_alone(moderator, thread):
    other = make.thread(by=moderator)
    set_timer(by=moderator, thread=thread, act="lock", at=NOON + HOUR, because="So.")
    merge_thread(by=moderator, thread=thread, into=other)
    clock.advance(HOUR)

    run_timer(Timer.objects.get().pk)

    assert not now(thread).is_locked
    assert Timer.objects.get().words.startswith("This was merged")


def test_a_time_is_typed_by_the_clock_of_whoever_types(moderator, thread, visiting_as):
    moderator.time_zone = "Europe/Berlin"
    moderator.save()
    browser, address = visiting_as(moderator), f"/threads/{thread.pk}/curate/plan/"
    sent = {"act": "lock", "because": "So."}

    past = browser.post(address, sent | {"at": "2026-11-02T12:59"})
    answer = browser.post(address, sent | {"at": "2026-11-02T14:30"})

    assert (past.status_code, "from now on" in past.text, answer.status_code) == (422, True, 302)
    assert now(thread).planned_at == datetime(2026, 11, 2, 13, 30, tzinfo=UTC)
