"""Calling the account manager, and who is called when nobody comes."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from community import clock
from community.desk.events import Escalated, EscalationShown, EscalationTaken
from community.desk.models import BEHIND, Called, ChainLink, Escalation
from community.desk.policies import may_escalate, may_take_escalations
from community.events import publish
from community.organisations.models import Organisation
from community.people.models import Member
from community.policy import Invalid, OutOfStep, require
from community.threads.actions.record import locked, record
from community.threads.models import EntryKind, Thread

LONGEST = 500


@transaction.atomic
def escalate(*, by: Member, organisation: Organisation, because: str, thread: Thread | None = None) -> Escalation:
    """Call the account manager and the deputy, at once and both. One call is open at a time for each request.

    Raises NotAllowed, Invalid without a sentence, OutOfStep when they are called already.
    """
    because = " ".join(because.split())
    if not because:
        raise Invalid("because", _("Say in a sentence what it is about."))
    if len(because) > LONGEST:
        raise Invalid("because", _("Keep it under %(count)s characters.") % {"count": LONGEST})
    require(may_escalate(by, organisation))
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    open_one = Escalation.objects.waiting().filter(organisation=organisation, thread=thread).first()
    if open_one:
        raise OutOfStep(
            _("They have been called already and nobody has taken it yet. It goes on to the next by itself.")
        )
    at = clock.now()
    escalation = Escalation(organisation=organisation, thread=thread, because=because, by=by, at=at)
    escalation.look_ahead(at)
    escalation.save()
    write_in_record(escalation, EntryKind.ESCALATED, by=by, at=at)
    call(escalation, [member for member in (organisation.account_manager, organisation.deputy) if member], at=at)
    return escalation


def call(escalation: Escalation, members: list[Member], *, at: datetime) -> None:
    known = set(escalation.called.values_list("member", flat=True))
    new = {member.pk: member for member in members if member.is_active and member.pk not in known}
    Called.objects.bulk_create(Called(escalation=escalation, member=member, at=at) for member in new.values())
    publish(Escalated(escalation_id=escalation.pk, step=escalation.step))


@transaction.atomic
def take_escalation(*, by: Member, escalation: Escalation) -> Escalation:
    """It is in my hands now, and the customer reads so."""
    require(may_take_escalations(by))
    escalation = held(escalation)
    at = clock.now()
    escalation.taken_by, escalation.taken_at = by, at
    escalation.look_ahead(at)
    escalation.save(update_fields=["taken_by", "taken_at", "next_at"])
    write_in_record(escalation, EntryKind.ESCALATION_TAKEN, by=by, at=at)
    publish(EscalationTaken(escalation_id=escalation.pk))
    return escalation


def held(escalation: Escalation) -> Escalation:
    escalation = Escalation.objects.select_for_update().get(pk=escalation.pk)
    if escalation.taken_by_id:
        name = Member.objects.get(pk=escalation.taken_by_id).called
        raise OutOfStep(_("%(name)s has taken this already.") % {"name": name})
    return escalation


@transaction.atomic
def pass_on(escalation_id: int) -> None:
    """Nobody has come in time: the next in the chain are called. Those who were called before stay called."""
    at = clock.now()
    escalation = Escalation.objects.select_for_update().to_pass_on(at).filter(pk=escalation_id).first()
    if escalation is None:
        return
    escalation.step += 1
    escalation.look_ahead(at)
    escalation.save(update_fields=["step", "next_at"])
    call(escalation, list(behind(escalation.step)), at=at)


def behind(step: int) -> Iterator[Member]:
    for link in ChainLink.objects.filter(rank=BEHIND[step - 1]).select_related("member").order_by("pk"):
        yield link.member


def write_in_record(escalation: Escalation, kind: EntryKind, *, by: Member, at: datetime) -> None:
    if escalation.thread_id is None:
        return
    thread = locked(escalation.thread_id)
    record(EscalationShown, thread, kind, by=by, at=at)


def note_mailed(called: Called) -> bool:
    """True for the one who may send the mail."""
    return bool(Called.objects.filter(pk=called.pk, mailed_at=None).update(mailed_at=clock.now()))
