"""Asking for a person, taking a call, leaving the line; and what the first words of a person end."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from community import clock
from community.desk.events import CallAnswered, CallBegun, CallChanged, CallEnded, CallOverdue, CallReturned, CallTaken
from community.desk.models import Call, Ending, LiveTarget
from community.desk.policies import may_call, may_leave, may_see_the_line, may_wait_in
from community.desk.rota import Staffing, staffing
from community.events import publish
from community.organisations.models import Organisation, Plan
from community.people.models import Member
from community.policy import ALLOWED, OutOfStep, Verdict, refused, require
from community.requests.actions import open_request
from community.spaces.models import Space
from community.threads.actions.record import locked
from community.threads.models import Post, Thread

# Under such a token a comment of a ticket system became a post. Whether a person wrote it there, nobody here knows.
BROUGHT = "ticket:"


def call_in(*, by: Member, thread: Thread) -> Call:
    """Wait for a person in a conversation that goes on. Pressed twice it is one call.

    Raises NotAllowed for those it is not for, and OutOfStep when nobody is on shift; in promised hours that press is
    counted.
    """
    try:
        with transaction.atomic():
            thread = locked(thread.pk)
            require(may_wait_in(thread))
            organisation = Organisation.objects.for_page().get(threads=thread)
            target, here = desk_of(by, organisation)
            call = waiting_in(thread, by) or begin(by, organisation, target, here, thread)
    except IntegrityError:
        raise OutOfStep(_("You wait in line already.")) from None
    refuse_if_turned_away(call, target, here)
    return call


def call_about(
    *, by: Member, organisation: Organisation, space: Space, title: str, body: str, severity: str, token: str = ""
) -> Call:
    """Open a service request and wait in it. Where nobody is on shift nothing is opened; the press is counted."""
    try:
        with transaction.atomic():
            organisation = Organisation.objects.for_page().get(pk=organisation.pk)
            target, here = desk_of(by, organisation)
            thread = None
            if here.is_staffed:
                request = open_request(
                    by=by,
                    organisation=organisation,
                    space=space,
                    title=title,
                    body=body,
                    severity=severity,
                    token=token,
                )
                thread = locked(request.thread_id)
                # The form was sent before, and what came of it stands.
                if sent := Call.objects.filter(thread=thread, asked_by=by).first():
                    return sent
            call = waiting_in(thread, by) or begin(by, organisation, target, here, thread)
    except IntegrityError:
        raise OutOfStep(_("You wait in line already.")) from None
    refuse_if_turned_away(call, target, here)
    return call


def desk_of(by: Member, organisation: Organisation) -> tuple[LiveTarget, Staffing]:
    """What the plan promises and who is there. Raises NotAllowed where it is not theirs, OutOfStep out of its hours."""
    at = clock.now()
    target = live_target(organisation.plan)
    require(may_call(by, organisation, target, today=at.date()))
    here = staffing(at, target.calendar.hours)
    if not here.is_open:
        raise OutOfStep(is_somebody_there(here, target).reason)
    return target, here


def live_target(plan: Plan) -> Any:
    return LiveTarget.objects.select_related("calendar").filter(plan=plan).first()


def is_somebody_there(here: Staffing, target: LiveTarget) -> Verdict:
    """With the time at which the next shift begins, in the zone of the hours that were promised."""
    if here.is_staffed:
        return ALLOWED
    if here.next_at is None:
        return refused(
            _("Nobody is on shift for you now, and no shift is planned yet. What you write is answered in writing.")
        )
    zone = target.calendar.hours.zone
    at = date_format(here.next_at.astimezone(zone), "j M, H:i")
    words = _(
        "Nobody is on shift for you now. The next shift begins on %(at)s (%(zone)s). Until then we answer in writing."
    )
    return refused(words % {"at": at, "zone": zone.key})


def waiting_in(thread: Thread | None, by: Member) -> Call | None:
    """The call this press made before; raises OutOfStep where it cannot make one beside another."""
    mine = Call.objects.in_line().filter(asked_by=by).first()
    if mine:
        if thread is not None and mine.thread_id == thread.pk:
            return mine
        raise OutOfStep(_("You wait in line already. Leave it there before you ask here."))
    others = Call.objects.in_line().filter(thread=thread).select_related("asked_by").first() if thread else None
    if others:
        raise OutOfStep(_("%(name)s waits for a person here already.") % {"name": others.asked_by.called})
    return None


def begin(by: Member, organisation: Organisation, target: LiveTarget, here: Staffing, thread: Thread | None) -> Call:
    at = clock.now()
    call = Call(thread=thread, organisation=organisation, asked_by=by, plan=organisation.plan, asked_at=at)
    call.due_at = at + target.promised
    if thread is None or not here.is_staffed:
        call.thread, call.ended_at, call.ending = None, at, Ending.UNANSWERED
        call.save()
        publish(of(call, CallEnded))
        return call
    call.save()
    Thread.objects.filter(pk=thread.pk).update(called_at=at)
    publish(of(call, CallBegun))
    return call


def refuse_if_turned_away(call: Call, target: LiveTarget, here: Staffing) -> None:
    # After the transaction, so that the row which counts the press stays.
    if call.ending == Ending.UNANSWERED:
        raise OutOfStep(is_somebody_there(here, target).reason)


@transaction.atomic
def take_call(*, by: Member, call: Call) -> Call:
    """Say that one comes to it. Of several who press at once one has it, and the others are told who."""
    require(may_see_the_line(by))
    call = held(call)
    if call.taken_by_id == by.pk:
        return call
    if call.taken_by:
        raise OutOfStep(_("%(name)s has this call already.") % {"name": call.taken_by.called})
    call.taken_by, call.taken_at = by, clock.now()
    call.save(update_fields=["taken_by", "taken_at"])
    publish(of(call, CallTaken))
    return call


@transaction.atomic
def return_call(*, by: Member, call: Call) -> Call:
    """Put it back where it stood in line: whoever took it cannot come to it."""
    require(may_see_the_line(by))
    call = held(call)
    if call.taken_by_id is not None:
        call.taken_by = call.taken_at = None
        call.save(update_fields=["taken_by", "taken_at"])
        publish(of(call, CallReturned))
    return call


@transaction.atomic
def leave_line(*, by: Member, call: Call) -> Call:
    require(may_leave(by, call))
    call = held(call)
    end(call, Ending.LEFT)
    return call


@transaction.atomic
def note_overdue(call_id: int) -> None:
    """Whoever is behind the desk is told once that a person was promised by now and none has said a word."""
    try:
        call = held(Call.objects.get(pk=call_id))
    except OutOfStep:
        return
    if call.overdue_told_at is None:
        call.overdue_told_at = clock.now()
        call.save(update_fields=["overdue_told_at"])
        publish(of(call, CallOverdue))


def held(call: Call) -> Call:
    """The row as it is now, under the lock of its thread. Raises OutOfStep for one that waits no more."""
    if call.thread_id is not None:
        locked(call.thread_id)
    call = Call.objects.select_related("taken_by").get(pk=call.pk)
    if call.ended_at is not None:
        raise OutOfStep(_("This call waits no longer: %(how)s.") % {"how": call.get_ending_display()})
    return call


def note_first_words(*, thread_id: int, post_id: int) -> Call | None:
    """What was said ends the call if a person of support said it. The caller holds the lock of the thread."""
    call = Call.objects.in_line().filter(thread=thread_id).first()
    post = Post.objects.select_related("author").get(pk=post_id)
    is_support = post.author.answers_officially and not post.client_token.startswith(BROUGHT)
    if call is None or not is_support:
        return None
    call.first_words, call.first_words_at = post, post.created_at
    if call.taken_by_id is None:
        call.taken_by, call.taken_at = post.author, post.created_at
    close(call, Ending.ANSWERED)
    publish(of(call, CallAnswered))
    return call


def end_call_in(*, thread_id: int, by_id: int | None) -> None:
    """Nobody can be answered there any more; the asker who closed it has left, others have not answered him."""
    for call in Call.objects.in_line().filter(thread=thread_id):
        end(call, Ending.LEFT if call.asked_by_id == by_id else Ending.UNANSWERED)


def end_calls_of(*, organisation_id: int, member_id: int) -> None:
    """Who speaks no longer for an organisation waits no longer for it."""
    calls = Call.objects.in_line().filter(organisation=organisation_id, asked_by=member_id)
    for thread_id in list(calls.values_list("thread", flat=True)):
        locked(thread_id)
        for call in calls.filter(thread=thread_id):
            end(call, Ending.LEFT)


def end(call: Call, ending: Ending) -> None:
    close(call, ending)
    publish(of(call, CallEnded))


def close(call: Call, ending: Ending) -> None:
    call.ended_at, call.ending = call.first_words_at or clock.now(), ending
    call.save()
    Thread.objects.filter(calls=call).update(called_at=None)


def of(call: Call, event: type[CallChanged]) -> CallChanged:
    return event(call_id=call.pk, asker_id=call.asked_by_id, thread_id=call.thread_id)
