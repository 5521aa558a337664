"""A question or a request and, in the same breath, by when it is needed: both, or neither."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from community.desk.models import Deadline
from community.moderation.models import Held
from community.people.models import Member
from community.policy import Invalid
from community.requests.actions import open_request
from community.requests.models import ServiceRequest
from community.threads.actions import ask_question
from community.threads.actions.record import locked
from community.threads.gate import HeldBack
from community.threads.models import Genre, Thread

from .deadlines import check_deadline, state_deadline, write_deadline

# Under this name a question that is held back keeps by when it is needed.
KEPT_AS = "needed"


def ask_in_time(*, by: Member, needed: dict[str, Any] | None, **question: Any) -> Thread:
    """`needed` is what `state_deadline` takes, None where nothing hurries; the rest is `ask_question`'s.

    A question that is held back keeps its deadline until somebody has read it. Raises what the two raise.
    """
    if needed is None:
        return ask_question(by=by, **question)
    check_deadline(**needed)
    if question.get("genre", Genre.QUESTION) != Genre.QUESTION:
        raise Invalid("at", _("Deadlines belong to questions."))
    besides = {KEPT_AS: needed | {"at": needed["at"].isoformat()}}
    held: HeldBack | None = None
    with transaction.atomic():
        try:
            thread = ask_question(by=by, besides=besides, **question)
        except HeldBack as held_back:
            # Raised again once the transaction is over: what is held back must stay written down.
            held = held_back
        else:
            if thread.is_fresh:
                state_deadline(by=by, thread=thread, **needed)
    if held:
        raise held
    return thread


@transaction.atomic
def request_in_time(*, by: Member, needed: dict[str, Any] | None, **request: Any) -> ServiceRequest:
    """As `ask_in_time`, for what `open_request` takes."""
    opened = open_request(by=by, **request)
    if needed and opened.thread.is_fresh:
        state_deadline(by=by, thread=opened.thread, **needed)
    return opened


@transaction.atomic
def state_what_was_kept(held_id: int) -> None:
    """A held question was posted: what was said of its time counts from now on, also when that is over already.

    A person then decides about it like about any other, and the asker reads what.
    """
    held = Held.objects.select_related("by", "posted").get(pk=held_id)
    if (needed := held.fields.get(KEPT_AS)) and held.posted:
        thread = locked(held.posted.thread_id)
        # Approved once more after it was taken back: it was said with the first approval.
        if Deadline.objects.filter(thread=thread).exists():
            return
        needed = needed | {"at": datetime.fromisoformat(needed["at"])}
        write_deadline(by=held.by, thread=thread, **needed)
