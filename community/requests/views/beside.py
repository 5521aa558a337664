from typing import Any

from django.http import HttpRequest

from community import clock
from community.requests.forms import SeverityForm
from community.requests.models import ServiceRequest
from community.requests.policies import may_act_on, may_reopen
from community.threads.models import Thread


def about_request(request: HttpRequest, thread: Thread) -> dict[str, Any] | None:
    """What templates/requests/_about.html shows beside the thread of a request; one query."""
    found = ServiceRequest.objects.with_people().filter(thread=thread).first()
    if found is None:
        return None
    # The row the page has knows what seat the reader has; the one that came along knows who looks after it.
    thread.organisation = found.thread.organisation
    found.thread = thread
    return {
        "service_request": found,
        "may_act": may_act_on(request.user, thread),
        "may_reopen": may_reopen(request.user, found, at=clock.now()),
        "severity_form": SeverityForm(),
    }
