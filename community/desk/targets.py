"""What a thread was promised: the plan and severity of its service request, or what everybody here is promised."""

from django.db.models import Q

from community.requests.models import ServiceRequest
from community.threads.models import Audience, Thread

from .models import Target


def has_clocks(thread: Thread) -> bool:
    """What support asks itself, in public or among the team, waits for nobody's promise; what it opens in the name of a
    customer does. Asks for the author.
    """
    if not thread.is_question or thread.audience == Audience.TEAM:
        return False
    return thread.organisation_id is not None or not thread.author.answers_officially


def targets_of(thread: Thread) -> dict[str, Target]:
    """By kind of clock. What is said of the plan comes before what is said of all, then of the severity before any."""
    plan, severity = standing_of(thread)
    found = Target.objects.filter(Q(plan=plan) | Q(plan=None), severity__in=("", severity)).select_related("calendar")
    nearest = sorted(found, key=lambda target: (target.plan_id is not None, target.severity != ""))
    return {str(target.kind): target for target in nearest}


def standing_of(thread: Thread) -> tuple[int | None, str]:
    """The plan and severity that count for a thread; a question in public has neither."""
    if thread.organisation_id is None:
        return None, ""
    request = ServiceRequest.objects.filter(thread=thread)
    return request.values_list("thread__organisation__plan", "severity").first() or (None, "")
