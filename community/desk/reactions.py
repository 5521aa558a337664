import logging

from community.moderation.events import HeldDecided
from community.organisations.events import SeatEnded
from community.people.events import MemberErased
from community.requests.events import RequestOpened
from community.threads.events import ReplyPosted, ThreadChanged

from .actions import (
    decide_who_is_told,
    end_call_in,
    end_calls_of,
    note_first_words,
    settle_clocks,
    start_clocks,
    state_what_was_kept,
)
from .events import (
    CalendarChanged,
    ClockBreached,
    ClockWarned,
    Escalated,
    GapsFound,
    PromiseDue,
    ReadyReplyChanged,
)
from .models import Called, ChainLink, Mark, Shift, Team
from .tasks import mail_call, mail_gaps, mail_reminder, mail_telling, move_clocks_of

logger = logging.getLogger(__name__)


def write_down(event: ReadyReplyChanged) -> None:
    """What goes out in the name of the house was changed by somebody; who it was can be looked up."""
    logger.info("Ready reply %s was changed by member %s", event.reply_id, event.actor_id)


def state_held_deadline(event: HeldDecided) -> None:
    state_what_was_kept(event.held_id)


def begin_clocks(event: ThreadChanged | RequestOpened) -> None:
    """Also when it turns out what a thread is promised: as a request, or by another severity."""
    start_clocks(event.thread_id)


def turn_clocks(event: ThreadChanged) -> None:
    """Once for all that one action did: the log holds all of it by then."""
    if not event.more_follows:
        settle_clocks(event.thread_id, spoke_id=event.actor_id)


def hear_first_words(event: ReplyPosted) -> None:
    """What nobody did, a machine did: a receipt is no word of a person."""
    if event.is_called and event.actor_id is not None and event.post_id is not None:
        note_first_words(thread_id=event.thread_id, post_id=event.post_id)


def end_the_call(event: ThreadChanged) -> None:
    end_call_in(thread_id=event.thread_id, by_id=event.actor_id)


def leave_with_the_seat(event: SeatEnded) -> None:
    end_calls_of(organisation_id=event.organisation_id, member_id=event.member_id)


def queue_gap_mails(event: GapsFound) -> None:
    mail_gaps.enqueue(list(event.gap_ids))


def queue_moving(event: CalendarChanged) -> None:
    move_clocks_of.enqueue(event.calendar_id)


def tell_of_a_mark(event: ClockWarned) -> None:
    tell(event.thread_id, event.kind, event.mark)


def tell_of_a_breach(event: ClockBreached) -> None:
    tell(event.thread_id, event.kind, Mark.LATE)


def tell(thread_id: int, kind: str, mark: int) -> None:
    for telling in decide_who_is_told(thread_id=thread_id, kind=kind, mark=int(mark)):
        mail_telling.enqueue(telling.pk)


def queue_reminder(event: PromiseDue) -> None:
    mail_reminder.enqueue(event.promise_id)


def mail_those_called(event: Escalated) -> None:
    """Whoever was called in this step and has no mail yet."""
    for called_id in Called.objects.filter(escalation=event.escalation_id, mailed_at=None).values_list("pk", flat=True):
        mail_call.enqueue(called_id)


def leave_the_desk(event: MemberErased) -> None:
    """Whoever answered here once is on no list of those who are called."""
    ChainLink.objects.filter(member=event.member_id).delete()
    Shift.objects.filter(member=event.member_id).delete()
    Team.members.through.objects.filter(member=event.member_id).delete()
