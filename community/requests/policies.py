from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from community.organisations.models import Organisation, Seat
from community.people.policies import answers_officially
from community.policy import ALLOWED, Verdict, refused
from community.threads.models import Thread
from community.threads.policies import may_speak

from .models import ServiceRequest


def may_act_on(member: Any, thread: Thread) -> Verdict:
    """Named callers of the organisation and support close, open again and weigh a request."""
    if not member.is_authenticated:
        return refused(_("Sign in first."))
    return may_speak(member, thread)


def may_close(member: Any, request: ServiceRequest) -> Verdict:
    if not (acts := may_act_on(member, request.thread)):
        return acts
    if request.thread.is_closed:
        return refused(_("This request is closed already."))
    return ALLOWED


def may_reopen(member: Any, request: ServiceRequest, *, at: datetime) -> Verdict:
    """Its people within fourteen days, support whenever it finds that something was left."""
    if not (acts := may_act_on(member, request.thread)):
        return acts
    until = request.reopened_until
    if until is None:
        return refused(_("This request is open."))
    if at > until and not answers_officially(member):
        return refused(_("It was closed more than fourteen days ago. Open a new request and name this one in it."))
    return ALLOWED


def may_copy_in(member: Any, thread: Thread) -> Verdict:
    """Whoever writes in it, and the organisation's own administrator, who may have secondary access himself."""
    acts = may_act_on(member, thread)
    if acts or not member.is_authenticated:
        return acts
    manages = Seat.objects.usable().filter(organisation=thread.organisation_id, member_id=member.pk, manages=True)
    if manages.exists():
        return ALLOWED
    return refused(_("Named callers and the administrator of your organisation copy colleagues in; ask one of them."))


def may_be_copied_in(member: Any, thread: Thread, *, at: datetime) -> Verdict:
    """Only who reads it already, so that nobody reads it for being copied in."""
    if member.pk == thread.author_id:
        return refused(_("Whoever asked is told of everything already."))
    if not Seat.objects.usable().filter(organisation=thread.organisation_id, member_id=member.pk).exists():
        return refused(_("Only people who read this for the organisation now are copied in. Choose one of them."))
    if not member.is_active or member.is_suspended(at):
        return refused(_("This member's account is switched off or suspended. Choose somebody else."))
    return ALLOWED


def may_take_out(by: Any, member: Any, thread: Thread) -> Verdict:
    """Oneself always; others, whoever may copy them in."""
    return ALLOWED if by.is_authenticated and by.pk == member.pk else may_copy_in(by, thread)


def may_hand_over(member: Any, organisation: Organisation) -> Verdict:
    """Whoever has a seat but none to open requests with."""
    if Seat.objects.standing().readers().filter(organisation=organisation, member_id=member.pk).exists():
        return ALLOWED
    return refused(_("Only people with secondary access hand over what they wrote."))
