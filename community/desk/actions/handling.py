"""Who has a thread in hand, who is writing, and what is put aside until when. Each under the lock of the thread."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from community import clock
from community.desk.events import QueueChanged, ThreadAssigned
from community.desk.models import CLAIMED_FOR, Handling, Team
from community.desk.policies import may_handle, may_have_in_hand
from community.desk.same_case import joined_with
from community.events import publish
from community.people.models import Member
from community.policy import Invalid, OutOfStep, require
from community.threads.actions import post_reply
from community.threads.actions.merging import locked_together
from community.threads.models import LONGEST_REASON, Kind, Thread

from .settling import wake

# Whoever puts something aside for longer means to forget it.
LONGEST_SNOOZE = timedelta(days=60)


def at_the_desk(by: Member, thread: Thread) -> Handling:
    """The row of a thread that is locked and that somebody waits in; raises the refusal with its reason."""
    require(may_handle(by))
    locked_together(thread.pk, *joined_with(thread.pk))
    row = Handling.objects.select_related("claimed_by").filter(thread=thread.pk).first()
    if row is None or row.queue is None:
        raise OutOfStep(_("Nobody waits in this thread any more."))
    return row


@transaction.atomic
def take_thread(*, by: Member, thread: Thread) -> Handling:
    """Take it in hand oneself, also out of the hands of somebody else; twice is once."""
    row = at_the_desk(by, thread)
    return row if row.assigned_to_id == by.pk else give(row, by=by, to=by, team=None)


@transaction.atomic
def assign_thread(
    *, by: Member, thread: Thread, to: Member | None = None, team: Team | None = None, note: str = ""
) -> Handling:
    """Give it to one person or to a team, or to nobody; a note for them stands in the thread, for staff only.

    Raises Invalid("to", …) for somebody who does not answer for support, or Invalid("note", …).
    """
    row = at_the_desk(by, thread)
    if to is not None and team is not None:
        raise Invalid("to", _("Give it to a person or to a team, not to both."))
    if to is not None and not (verdict := may_have_in_hand(to)):
        raise Invalid("to", verdict.reason)
    if note.strip():
        try:
            post_reply(by=by, thread=thread, body=note, kind=Kind.NOTE)
        except Invalid as invalid:
            raise Invalid("note", invalid.reason) from invalid
    return give(row, by=by, to=to, team=team)


def give(row: Handling, *, by: Member, to: Member | None, team: Team | None) -> Handling:
    """Together with whatever is one case with it and waits too. The caller holds the locks."""
    joined = Handling.objects.filter(thread__in=joined_with(row.thread_id)).exclude(queue=None)
    for one in (row, *joined):
        put_into_hands(one, by=by, to=to, team=team)
    return row


def put_into_hands(row: Handling, *, by: Member, to: Member | None, team: Team | None) -> None:
    row.assigned_to, row.team, row.assigned_at, row.assigned_by = to, team, clock.now(), by
    # Whoever gives it away is no longer the one who writes in it.
    fields = ["assigned_to", "team", "assigned_at", "assigned_by"]
    if row.claimed_by_id == by.pk and to != by:
        row.claimed_by = row.claimed_until = None
        fields += ["claimed_by", "claimed_until"]
    row.save(update_fields=fields)
    publish(
        ThreadAssigned(
            thread_id=row.thread_id,
            actor_id=by.pk,
            member_id=to.pk if to else None,
            team_id=team.pk if team else None,
        )
    )


@transaction.atomic
def claim_thread(*, by: Member, thread: Thread) -> Handling:
    """Say for ten minutes that one is writing in it; again for another ten. Somebody else's claim is waited for."""
    row, at = at_the_desk(by, thread), clock.now()
    if row.is_claimed(at) and row.claimed_by_id != by.pk:
        raise OutOfStep(
            ngettext_lazy(
                "%(name)s is writing an answer and has it for %(minutes)s more minute.",
                "%(name)s is writing an answer and has it for %(minutes)s more minutes.",
                "minutes",
            )
            % {"name": row.claimed_by.called if row.claimed_by else "", "minutes": minutes_to(row.claimed_until, at)}
        )
    row.claimed_by, row.claimed_until = by, at + CLAIMED_FOR
    row.save(update_fields=["claimed_by", "claimed_until"])
    publish(QueueChanged(thread_id=thread.pk))
    return row


@transaction.atomic
def release_thread(*, by: Member, thread: Thread) -> Handling:
    """The one who was writing is not; nobody ends the claim of somebody else."""
    row = at_the_desk(by, thread)
    if row.claimed_by_id == by.pk:
        row.claimed_by = row.claimed_until = None
        row.save(update_fields=["claimed_by", "claimed_until"])
        publish(QueueChanged(thread_id=thread.pk))
    return row


@transaction.atomic
def snooze_thread(*, by: Member, thread: Thread, until: datetime, because: str) -> Handling:
    """Put it aside until a moment, with a reason that colleagues read.

    Its clocks run on, and a word of the asker brings it back at once.
    """
    row, at = at_the_desk(by, thread), clock.now()
    because = " ".join(because.split())
    if not because or len(because) > LONGEST_REASON:
        raise Invalid("because", _("Say why, in at most %(count)s characters.") % {"count": LONGEST_REASON})
    if not at < until <= at + LONGEST_SNOOZE:
        raise Invalid("until", _("Choose a time within the next %(days)s days.") % {"days": LONGEST_SNOOZE.days})
    row.snoozed_until, row.snoozed_because, row.snoozed_by = until, because, by
    row.save(update_fields=["snoozed_until", "snoozed_because", "snoozed_by"])
    publish(QueueChanged(thread_id=thread.pk))
    return row


@transaction.atomic
def wake_thread(*, by: Member, thread: Thread) -> Handling:
    row = at_the_desk(by, thread)
    wake(row, clock.now())
    row.save(update_fields=["snoozed_until", "snoozed_because", "snoozed_by", "entered_at"])
    publish(QueueChanged(thread_id=thread.pk))
    return row


def minutes_to(until: datetime | None, at: datetime) -> int:
    return 0 if until is None else max(1, -(-int((until - at).total_seconds()) // 60))
