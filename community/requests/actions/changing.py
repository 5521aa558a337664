from django.db import transaction
from django.utils.translation import gettext_lazy as _

from community import clock
from community.organisations.models import Severity
from community.people.models import Member
from community.policy import Invalid, OutOfStep, require
from community.threads.actions.closing import close_locked, reopen_locked
from community.threads.actions.record import locked, record
from community.threads.models import LONGEST_REASON, EntryKind

from ..events import SeverityChanged
from ..models import ServiceRequest
from ..policies import may_act_on, may_close, may_reopen


@transaction.atomic
def close_request(*, by: Member, request: ServiceRequest, because: str) -> ServiceRequest:
    """Nothing more is wanted. It says why, and claims no solution. Raises Invalid without a reason."""
    because = " ".join(because.split())
    if not because:
        raise Invalid("because", _("Say why, in a sentence that everybody who reads the request understands."))
    request = held(request)
    require(may_close(by, request))
    close_locked(request.thread, by=by, at=clock.now(), because=because[:LONGEST_REASON])
    return request


@transaction.atomic
def reopen_request(*, by: Member, request: ServiceRequest) -> ServiceRequest:
    request = held(request)
    at = clock.now()
    require(may_reopen(by, request, at=at))
    reopen_locked(request.thread, by=by, at=at)
    return request


@transaction.atomic
def change_severity(*, by: Member, request: ServiceRequest, severity: str) -> ServiceRequest:
    """Its people know what stands still, and support what else does; the record keeps who changed it."""
    if severity not in Severity.values:
        raise Invalid("severity", _("Say how much of your work stands still."))
    request = held(request)
    require(may_act_on(by, request.thread))
    if request.severity == severity:
        raise OutOfStep(_("It is that severe already."))
    request.severity = severity
    request.save(update_fields=["severity"])
    record(SeverityChanged, request.thread, EntryKind.SEVERITY_CHANGED, by=by, at=clock.now())
    return request


def held(request: ServiceRequest) -> ServiceRequest:
    """The row as it is now, under the lock of its thread."""
    thread = locked(request.thread_id)
    request = ServiceRequest.objects.get(pk=request.pk)
    request.thread = thread
    return request
