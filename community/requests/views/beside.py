from typing import Any

from django.http import HttpRequest

from community import clock
from community.desk.views.beside import about_live
from community.requests.forms import SeverityForm
from community.requests.models import ServiceRequest
from community.requests.policies import may_act_on, may_reopen
from community.threads.models import Thread


def about_request(request: HttpRequest, thread: Thread) -> dict[str, Any] | None:
    """What templates/requests/_about.html shows beside the thread of a request; one query."""
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
        "severity_form": SeverityForm(),
        "live": about_live(request.user, thread.organisation, target, thread=thread, seat=seat),
    }
