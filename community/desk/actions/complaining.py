"""Whom it did not help says so to support alone, and hears from a person."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from community import clock
from community.desk.events import ComplaintAnswered, ComplaintMade
from community.desk.models import Complaint
from community.desk.models.complaints import due_after
from community.desk.policies import may_answer_complaints, may_complain
from community.events import publish
from community.people.models import Member
from community.policy import Invalid, OutOfStep, require
from community.threads.actions.record import locked
from community.threads.models import Thread

LONGEST, LONGEST_ANSWER = 1000, 2000


@transaction.atomic
def complain(*, by: Member, thread: Thread, words: str) -> Complaint:
    """Raises NotAllowed, Invalid without words, OutOfStep while an earlier one waits for its answer."""
    words = words.strip()
    if not words:
        raise Invalid("words", _("Say in a few words what did not help."))
    if len(words) > LONGEST:
        raise Invalid("words", _("Keep it under %(count)s characters.") % {"count": LONGEST})
    thread = locked(thread.pk)
    require(may_complain(by, thread))
    if Complaint.objects.waiting().filter(thread=thread, member=by).exists():
        raise OutOfStep(_("You have said so already, and a person answers you."))
    at = clock.now()
    complaint = Complaint.objects.create(thread=thread, member=by, words=words, at=at, due_at=due_after(at))
    publish(ComplaintMade(complaint_id=complaint.pk))
    return complaint


@transaction.atomic
def answer_complaint(*, by: Member, complaint: Complaint, answer: str) -> Complaint:
    """The member reads it, and nobody else. Raises NotAllowed, Invalid, OutOfStep when somebody was faster."""
    answer = answer.strip()
    if not answer:
        raise Invalid("answer", _("Write something first."))
    if len(answer) > LONGEST_ANSWER:
        raise Invalid("answer", _("Keep it under %(count)s characters.") % {"count": LONGEST_ANSWER})
    complaint = Complaint.objects.select_for_update(of=("self",)).select_related("answered_by").get(pk=complaint.pk)
    require(may_answer_complaints(by))
    if complaint.answered_by:
        raise OutOfStep(_("%(name)s has answered this already.") % {"name": complaint.answered_by.called})
    complaint.answer, complaint.answered_by, complaint.answered_at = answer, by, clock.now()
    complaint.save(update_fields=["answer", "answered_by", "answered_at"])
    publish(ComplaintAnswered(complaint_id=complaint.pk))
    return complaint
