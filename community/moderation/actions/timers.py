"""What is to happen to a thread at a time, and how often one may reply. No clock closes what somebody waits in."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from community import clock
from community.events import publish
from community.moderation.events import TimerSkipped
from community.moderation.models import Timer, TimerAct, Verb
from community.people.models import Member
from community.policy import Invalid, OutOfStep, Refusal
from community.threads.actions.record import locked, record
from community.threads.events import ThreadPlanned, ThreadSlowed
from community.threads.models import LONGEST_REASON, EntryKind, State, Thread

from .decisions import decided, reason
from .threads import close_thread, curated_alone, lock_thread, reopen_thread, unlock_thread, unpin_thread

LONGEST_AHEAD = timedelta(days=366)
SLOWEST = 24 * 60
ENDING = (TimerAct.LOCK, TimerAct.CLOSE)


def somebody_waits(thread: Thread) -> bool:
    """A question without an answer, or one that waits for us: it is never ended by a clock."""
    return thread.is_question and (
        not thread.reply_count or thread.state in (State.WAITING_US, State.WORKAROUND, State.UNKNOWN)
    )


@transaction.atomic
def slow_thread(*, by: Member, thread: Thread, minutes: int, because: str = "") -> Thread:
    """From now on everybody but the team replies once in so many minutes; 0 ends it."""
    thread = curated_alone(by, thread)
    if not 0 <= minutes <= SLOWEST:
        raise Invalid("minutes", _("Choose up to 24 hours."))
    if thread.slow_minutes == minutes:
        raise OutOfStep(_("It is already so."))
    at = clock.now()
    before, thread.slow_minutes = thread.slow_minutes, minutes
    record(ThreadSlowed, thread, EntryKind.SLOWED, by=by, at=at)
    decided(Verb.SLOWED, by=by, at=at, because=because, thread=thread, before=str(before), after=str(minutes))
    return thread


@transaction.atomic
def set_timer(*, by: Member, thread: Thread, act: str, at: datetime, because: str = "") -> Thread:
    """Refused where somebody waits. A second time for the same act takes the place of the first."""
    thread = curated_alone(by, thread)
    now = clock.now()
    if not now < at <= now + LONGEST_AHEAD:
        raise Invalid("at", _("Choose a time from now on, within a year."))
    if act in ENDING:
        because = reason(because)
        if somebody_waits(thread):
            raise Invalid("act", _("Somebody waits here. A clock never ends what is not answered."))
    Timer.objects.filter(thread=thread, act=act, ended_at=None).update(ended_at=now)
    Timer.objects.create(thread=thread, act=act, at=at, because=because[:LONGEST_REASON], by=by, set_at=now)
    show_next(thread)
    record(ThreadPlanned, thread, EntryKind.PLANNED, by=by, at=now)
    after = f"{act}, {at:%Y-%m-%d %H:%M} UTC"
    decided(Verb.SET_TIMER, by=by, at=now, because=because, thread=thread, after=after)
    return thread


@transaction.atomic
def drop_timers(*, by: Member, thread: Thread) -> Thread:
    thread = curated_alone(by, thread)
    now = clock.now()
    if not Timer.objects.filter(thread=thread, ended_at=None).update(ended_at=now):
        raise OutOfStep(_("No time is set here."))
    show_next(thread)
    record(ThreadPlanned, thread, EntryKind.PLAN_DROPPED, by=by, at=now)
    decided(Verb.DROPPED_TIMER, by=by, at=now, thread=thread)
    return thread


@transaction.atomic
def run_timer(timer_id: int) -> None:
    """Its time has come. Asks first: it may have run, or the thread may wait for somebody now."""
    timer = Timer.objects.select_related("by").get(pk=timer_id)
    thread = locked(timer.thread_id)
    now = clock.now()
    if not Timer.objects.filter(pk=timer_id, ended_at=None, at__lte=now).update(ended_at=now):
        return
    try:
        if timer.act in ENDING and somebody_waits(thread):
            raise OutOfStep(_("Somebody waits here. A clock never ends what is not answered."))
        with transaction.atomic():
            done_by_itself(timer, thread)
    except Refusal as refusal:
        Timer.objects.filter(pk=timer_id).update(words=str(refusal)[:LONGEST_REASON])
        show_next(thread)
        record(ThreadPlanned, thread, EntryKind.PLAN_SKIPPED, by=None, at=now)
        publish(TimerSkipped(timer_id=timer_id, thread_id=thread.pk, member_id=timer.by_id))


def done_by_itself(timer: Timer, thread: Thread) -> Thread:
    """In the name of whoever set the time. The caller holds the lock."""
    show_next(thread)
    thread.save(update_fields=["planned_act", "planned_at"])
    match timer.act:
        case TimerAct.LOCK:
            return lock_thread(by=timer.by, thread=thread, because=timer.because)
        case TimerAct.UNLOCK:
            return unlock_thread(by=timer.by, thread=thread, because=timer.because)
        case TimerAct.CLOSE:
            return close_thread(by=timer.by, thread=thread, because=timer.because)
        case TimerAct.REOPEN:
            return reopen_thread(by=timer.by, thread=thread, because=timer.because)
    return unpin_thread(by=timer.by, thread=thread)


def show_next(thread: Thread) -> None:
    """What happens next by itself stands with the thread, so that its page can say so; the caller saves it."""
    timer = Timer.objects.filter(thread=thread, ended_at=None).order_by("at").first()
    thread.planned_act = timer.act if timer else ""
    thread.planned_at = timer.at if timer else None
