"""Who is told of clocks, promises, deadlines and escalations: a few people each time, so together with the change."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from community import clock
from community.desk.duty import behind_duty, on_duty
from community.desk.models import (
    Call,
    ChainLink,
    Complaint,
    Deadline,
    Escalation,
    Mark,
    Offer,
    Promise,
    Rank,
    Telling,
    Thanks,
)
from community.languages import speaking_for_all
from community.people.models import Member
from community.people.policies import answers_officially
from community.threads.models import EntryKind, Thread

from .actions import notify
from .models import NoticeKind


def tell_of_clock(thread_id: int, kind: str, mark: int | None) -> None:
    """Those who are mailed about this mark of the clock are told here as well."""
    reached = Mark.LATE if mark is None else mark
    told = Telling.objects.filter(thread=thread_id, kind=kind, mark=reached).values_list("member_id", flat=True)
    late = NoticeKind.CLOCK_LATE if reached == Mark.LATE else NoticeKind.CLOCK_RUNS
    notify(set(told), late, thread=Thread.objects.get(pk=thread_id))


def tell_of_promise(thread_id: int, kind: str, actor_id: int | None) -> None:
    """The asker when it is said to be done or has not come; whoever promised when it was judged or has not come."""
    thread = Thread.objects.get(pk=thread_id)
    promise = Promise.objects.filter(thread=thread).newest_first().first()
    if promise is None:
        return
    if kind == EntryKind.DELIVERED:
        tell({thread.author_id}, NoticeKind.DELIVERED, thread, actor_id)
    elif kind == EntryKind.PROMISE_OVERDUE:
        tell({thread.author_id, promise.made_by_id}, NoticeKind.OVERDUE, thread, actor_id)
    else:
        tell({promise.made_by_id}, NoticeKind.JUDGED, thread, actor_id)


def remind_of_promise(promise_id: int) -> None:
    promise = Promise.objects.select_related("thread").get(pk=promise_id)
    tell({promise.made_by_id}, NoticeKind.PROMISE_DUE, promise.thread, None)


def call_for_a_decision(deadline_id: int) -> None:
    """Those on duty. Nothing here says who asked: it is decided without knowing."""
    call_to_decide(deadline_id, NoticeKind.DEADLINE, on_duty(clock.now()))


def tell_that_nobody_decided(deadline_id: int) -> None:
    call_to_decide(deadline_id, NoticeKind.UNDECIDED, behind_duty())


def call_to_decide(deadline_id: int, kind: NoticeKind, members: Iterable[Member]) -> None:
    deadline = Deadline.objects.get(pk=deadline_id)
    with speaking_for_all():
        title = _("A deadline before our word, #%(number)s") % {"number": deadline.thread_id}
    ids = {member.pk for member in members} - {deadline.stated_by_id}
    notify(ids, kind, path=deadline.get_absolute_url(), title=title)


def tell_of_answered_offer(thread_id: int, actor_id: int | None) -> None:
    offer = Offer.objects.filter(thread=thread_id).latest("made_at")
    tell({offer.made_by_id}, NoticeKind.OFFER_ANSWERED, Thread.objects.get(pk=thread_id), actor_id)


def call_people(escalation_id: int) -> None:
    escalation = Escalation.objects.get(pk=escalation_id)
    called = set(escalation.called.values_list("member_id", flat=True))
    path, title = escalation.get_absolute_url(), escalation.because
    # Whoever was told before has his notice already, read or not.
    notify(called, NoticeKind.ESCALATED, path=path, title=title, actor_id=escalation.by_id)


def tell_who_takes_it(escalation_id: int) -> None:
    escalation = Escalation.objects.select_related("organisation").get(pk=escalation_id)
    path = escalation.get_absolute_url()
    notify({escalation.by_id}, NoticeKind.TAKEN, path=path, title=escalation.because, actor_id=escalation.taken_by_id)


def call_for_an_answer(complaint_id: int) -> None:
    complaint = Complaint.objects.select_related("thread").get(pk=complaint_id)
    members = set(on_duty(clock.now()).values_list("pk", flat=True)) - {complaint.member_id}
    path, title = complaint.get_absolute_url(), complaint.thread.title
    notify(members, NoticeKind.COMPLAINED, path=path, title=title, actor_id=complaint.member_id)


def tell_of_thanks(thanks_id: int) -> None:
    """Whoever is thanked; and, where he answers for support, those who lead it."""
    thanks = Thanks.objects.select_related("thread", "member").get(pk=thanks_id)
    notify({thanks.member_id}, NoticeKind.THANKED, thread=thanks.thread, actor_id=thanks.by_id)
    if answers_officially(thanks.member):
        leads = ChainLink.objects.filter(rank=Rank.LEAD, member__is_active=True).values_list("member_id", flat=True)
        told = set(leads) - {thanks.member_id}
        notify(told, NoticeKind.PRAISED, thread=thanks.thread, actor_id=thanks.by_id)


def tell_of_the_answer(complaint_id: int) -> None:
    complaint = Complaint.objects.select_related("thread").get(pk=complaint_id)
    path, title = reverse("desk:complaint", args=[complaint.thread_id]), complaint.thread.title
    notify({complaint.member_id}, NoticeKind.HEARD, path=path, title=title, actor_id=complaint.answered_by_id)


def tell_of_late_call(call_id: int) -> None:
    call = Call.objects.select_related("thread").get(pk=call_id)
    tell({member.pk for member in behind_duty()}, NoticeKind.CALL_LATE, call.thread, call.asked_by_id)


def tell(members: set[int], kind: NoticeKind, thread: Thread, actor_id: int | None) -> None:
    readers = Member.objects.active().filter(pk__in=members - {actor_id})
    able = {member.pk for member in readers if Thread.objects.visible_to(member).filter(pk=thread.pk).exists()}
    notify(able, kind, thread=thread, actor_id=actor_id)
