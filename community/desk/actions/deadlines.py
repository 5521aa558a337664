"""By when an asker needs it, and what a person decides where our word comes later."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from community import clock
from community.desk.events import DeadlineDecided, DeadlineStated, DeadlineUndecided, OfferAnswered, OfferMade
from community.desk.models import DECIDED_WITHIN, Clock, ClockKind, Deadline, Offer
from community.desk.policies import may_answer_offer, may_decide, may_promise, may_state_deadline
from community.desk.wording import declined_in_words, offer_in_words
from community.events import publish
from community.people.models import Member
from community.policy import Invalid, OutOfStep, require
from community.threads.actions import post_reply
from community.threads.actions.record import locked, record
from community.threads.models import LONGEST_REASON, DeadlineStands, EntryKind, Kind, OfferStands, Thread

from .outlooks import show_deadline, show_offer
from .promises import FURTHEST, WHAT_LENGTH, current_promise, make_promise

LONGEST = 500


@transaction.atomic
def state_deadline(*, by: Member, thread: Thread, at: datetime, otherwise: str, least: str = "") -> Deadline:
    """The asker says by when it is needed. If nothing is promised before that, a person decides within the hour.

    It takes the place of one stated before. Raises NotAllowed, or Invalid with the field.
    """
    check_deadline(at=at, otherwise=otherwise, least=least)
    thread = locked(thread.pk)
    require(may_state_deadline(by, thread))
    return write_deadline(by=by, thread=thread, at=at, otherwise=otherwise, least=least)


def check_deadline(*, at: datetime, otherwise: str, least: str = "") -> None:
    now = clock.now()
    if at <= now:
        raise Invalid("at", _("Name a time that is still to come."))
    if at > now + FURTHEST:
        raise Invalid("at", _("That is more than a year away; ask again when it is nearer."))
    if not otherwise.strip():
        raise Invalid("otherwise", _("Say what happens if it is not there by then."))
    for field, words in (("otherwise", otherwise), ("least", least)):
        if len(words) > LONGEST:
            raise Invalid(field, _("Keep it under %(count)s characters.") % {"count": LONGEST})


def write_deadline(*, by: Member, thread: Thread, at: datetime, otherwise: str, least: str) -> Deadline:
    """The caller holds the lock of the thread and has asked."""
    now = clock.now()
    Deadline.objects.counting().filter(thread=thread).update(replaced_at=now)
    promised = promised_until(thread)
    conflicts = promised is None or promised > at
    deadline = Deadline.objects.create(
        thread=thread,
        at=at,
        otherwise=" ".join(otherwise.split()),
        least=" ".join(least.split()),
        stated_by=by,
        stated_at=now,
        promised_until=promised,
        stands=DeadlineStands.OPEN if conflicts else DeadlineStands.MET,
        decide_by=now + DECIDED_WITHIN if conflicts else None,
    )
    show_deadline(deadline)
    record(
        DeadlineStated,
        thread,
        EntryKind.DEADLINE_STATED,
        by=by,
        at=now,
        deadline_id=deadline.pk,
        conflicts=conflicts,
    )
    return deadline


def promised_until(thread: Thread) -> datetime | None:
    """By when it is to be there as things stand: by a promise that runs, else by what everybody here is promised."""
    promise = current_promise(thread)
    if promise and promise.is_open:
        return promise.until
    due = Clock.objects.under_way().filter(thread=thread, kind=ClockKind.SOLUTION).values_list("due_at", flat=True)
    return due.first()


@transaction.atomic
def accept_deadline(*, by: Member, deadline: Deadline, body: str = "", **promise: Any) -> Deadline:
    """It can be done by then, as a promise that ends before the deadline: what, until, begins_at, because, more."""
    thread, deadline = held(deadline)
    require(may_decide(by, thread))
    if promise["until"] > deadline.at:
        raise Invalid("until", _("That is after the deadline. Promise it earlier, or offer it as something else."))
    deadline.promise = make_promise(by=by, thread=thread, body=body, **promise)
    return decide(deadline, DeadlineStands.ACCEPTED, by=by)


@transaction.atomic
def offer_alternative(*, by: Member, deadline: Deadline, because: str, body: str = "", **promise: Any) -> Deadline:
    """Not that, but something else or at another time, with the reason why; it may come after the deadline."""
    if not because:
        raise Invalid("because", _("Say why it cannot be done as asked."))
    thread, deadline = held(deadline)
    require(may_decide(by, thread))
    deadline.promise = make_promise(by=by, thread=thread, body=body, because=because, **promise)
    return decide(deadline, DeadlineStands.ALTERNATIVE, by=by)


@transaction.atomic
def decline_deadline(*, by: Member, deadline: Deadline, because: str) -> Deadline:
    """It cannot be done by then, and the asker is told why in an answer. What was promised before stays."""
    because = " ".join(because.split())
    if not because:
        raise Invalid("because", _("Say why it cannot be done by then."))
    if len(because) > LONGEST_REASON:
        raise Invalid("because", _("Keep it under %(count)s characters.") % {"count": LONGEST_REASON})
    thread, deadline = held(deadline)
    require(may_decide(by, thread))
    deadline.because = because
    words = declined_in_words(thread, because)
    post_reply(by=by, thread=thread, body=words, kind=Kind.INFORMATION)
    return decide(deadline, DeadlineStands.DECLINED, by=by)


def decide(deadline: Deadline, stands: DeadlineStands, *, by: Member) -> Deadline:
    at = clock.now()
    deadline.stands, deadline.decided_at, deadline.decided_by = stands, at, by
    deadline.save()
    show_deadline(deadline)
    thread = locked(deadline.thread_id)
    post = deadline.promise.post if deadline.promise else None
    record(DeadlineDecided, thread, EntryKind.DEADLINE_DECIDED, by=by, at=at, post=post)
    return deadline


def held(deadline: Deadline) -> tuple[Thread, Deadline]:
    """Under the lock of its thread. Raises OutOfStep when it has been decided, or replaced by the asker."""
    thread = locked(deadline.thread_id)
    deadline = Deadline.objects.select_related("decided_by").get(pk=deadline.pk)
    if deadline.replaced_at:
        raise OutOfStep(_("The asker has named another time since."))
    if deadline.decided_by:
        raise OutOfStep(_("%(name)s has decided this already.") % {"name": deadline.decided_by.called})
    if not deadline.is_open:
        raise OutOfStep(_("Nothing is to be decided here."))
    return thread, deadline


@transaction.atomic
def note_undecided(deadline_id: int) -> None:
    """The hour is over and nobody has decided. Asked twice, it is told once."""
    at = clock.now()
    if Deadline.objects.undecided_by(at).filter(pk=deadline_id).update(undecided_at=at):
        publish(DeadlineUndecided(deadline_id=deadline_id))


@transaction.atomic
def make_offer(*, by: Member, thread: Thread, what: str, body: str = "", token: str = "") -> Offer:
    """Offer more than was promised, at what it costs somebody; what was promised stays, whatever the asker says."""
    what = " ".join(what.split())
    if not what:
        raise Invalid("what", _("Say what you offer."))
    if len(what) > WHAT_LENGTH:
        raise Invalid("what", _("Keep it under %(count)s characters.") % {"count": WHAT_LENGTH})
    thread = locked(thread.pk)
    require(may_promise(by, thread))
    if Offer.objects.waiting().filter(thread=thread).exists():
        raise OutOfStep(_("An offer waits for the asker already."))
    words = offer_in_words(thread, what)
    said = f"{body.strip()}\n\n{words}" if body.strip() else words
    post = post_reply(by=by, thread=thread, body=said, kind=Kind.INFORMATION, token=token)
    thread, at = locked(thread.pk), clock.now()
    offer = Offer.objects.create(thread=thread, post=post, what=what, made_by=by, made_at=at)
    show_offer(offer)
    record(OfferMade, thread, EntryKind.OFFERED, by=by, at=at)
    return offer


@transaction.atomic
def answer_offer(*, by: Member, offer: Offer, accepts: bool) -> Offer:
    """The asker takes it, or says that what was promised is enough."""
    thread = locked(offer.thread_id)
    offer = Offer.objects.get(pk=offer.pk)
    require(may_answer_offer(by, thread))
    if offer.stands != OfferStands.OPEN:
        raise OutOfStep(_("This offer has been answered already."))
    at = clock.now()
    offer.stands = OfferStands.ACCEPTED if accepts else OfferStands.DECLINED
    offer.answered_at = at
    offer.save(update_fields=["stands", "answered_at"])
    show_offer(offer)
    kind = EntryKind.OFFER_ACCEPTED if accepts else EntryKind.OFFER_DECLINED
    record(OfferAnswered, thread, kind, by=by, at=at)
    return offer
