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


def may_hand_over(member: Any, organisation: Organisation) -> Verdict:
    """Whoever has a seat but none to open requests with."""
    if Seat.objects.standing().readers().filter(organisation=organisation, member_id=member.pk).exists():
        return ALLOWED
    return refused(_("Only people with secondary access hand over what they wrote."))
