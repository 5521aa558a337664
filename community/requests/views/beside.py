from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpRequest

from community import clock
from community.desk.views.beside import about_live
from community.organisations.models import Seat
from community.requests.forms import SeverityForm
from community.requests.models import CopiedIn, ServiceRequest
from community.requests.policies import may_act_on, may_copy_in, may_reopen
from community.threads.models import Thread


def about_request(request: HttpRequest, thread: Thread) -> dict[str, Any] | None:
    """What templates/requests/_about.html shows beside the thread of a request; two queries."""
    with_desk = ServiceRequest.objects.with_people().select_related("thread__organisation__plan__live_target__calendar")
    found = with_desk.filter(thread=thread).first()
    if found is None:
        return None
    # The row the page has knows what seat the reader has; the one that came along knows who looks after it.
    thread.organisation = found.thread.organisation
    found.thread = thread
    target = getattr(thread.organisation.plan, "live_target", None)
    seat = getattr(thread, "seat_kind", None) or ""
    return {
        "service_request": found,
        "may_act": may_act_on(request.user, thread),
        "may_reopen": may_reopen(request.user, found, at=clock.now()),
        "copied": copied_in(request.user, thread),
        "severity_form": SeverityForm(),
        "live": about_live(request.user, thread.organisation, target, thread=thread, seat=seat),
    }


def copied_in(reader: Any, thread: Thread) -> dict[str, Any]:
    """Who is copied in and who could be: all of them people of the organisation, so one query asks for both."""
    seats = Seat.objects.usable().filter(organisation=thread.organisation_id, member__is_active=True)
    is_in = Exists(CopiedIn.objects.filter(thread=thread, member=OuterRef("member")))
    at, here = clock.now(), seats.annotate(is_in=is_in).select_related("member").longest_first()
    people = [seat for seat in here if seat.member_id != thread.author_id]
    can_be = [seat.member for seat in people if not (seat.is_in or seat.member.is_suspended(at))]
    return {
        "people": [seat.member for seat in people if seat.is_in],
        "colleagues": can_be,
        "may": may_copy_in(reader, thread),
        "reader": reader,
    }
