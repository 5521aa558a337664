from django.conf import settings
from django.utils.translation import gettext, override

from community.desk.events import (
    AsideOpened,
    CallAnswered,
    CallBegun,
    CallChanged,
    CallEnded,
    CallOverdue,
    CallReturned,
    CaseJoined,
    ClockBreached,
    ClockWarned,
    ComplaintAnswered,
    ComplaintMade,
    DeadlineDecided,
    DeadlineStated,
    DeadlineUndecided,
    Escalated,
    EscalationTaken,
    GapsFound,
    OfferAnswered,
    OfferMade,
    PromiseDelivered,
    PromiseDue,
    PromiseJudged,
    PromiseOverdue,
    ThanksGiven,
    ThreadAssigned,
    WrittenDown,
)
from community.moderation.events import (
    AppealDecided,
    ApprovedAgain,
    DecisionUndone,
    FlagDecided,
    HeldDecided,
    HiddenByFlags,
    MemberSanctioned,
    SanctionEnded,
    TakenFromMember,
    TimerSkipped,
    TrustChanged,
    WaveCleared,
    WaveRestored,
)
from community.people.events import DataReady, MemberErased
from community.people.models import Export
from community.requests.events import ColleagueCopiedIn, DraftHandedOver, RequestOpened
from community.threads.events import (
    AnswerAccepted,
    AnswerFailed,
    PostsMovedHere,
    ThreadBegunOfPosts,
    ThreadChanged,
    ThreadMerged,
    ThreadRead,
    ThreadSplitOff,
    ThreadUnmerged,
)
from community.threads.models import Thread

from . import actions, from_moderation, from_the_desk
from .models import MailRefusal, MailWish, Notice, NoticeKind
from .tasks import (
    tell_about_answer,
    tell_of_aside,
    tell_of_assignment,
    tell_of_call,
    tell_of_copying,
    tell_of_gaps,
    tell_of_handover,
    tell_of_merging,
    tell_of_moved_posts,
    tell_of_post,
    tell_of_request,
    tell_of_splitting,
    tell_the_asker,
)


def queue_notices(event: ThreadChanged) -> None:
    """Queued with the post, so that nobody is forgotten; who is told is found out beside the request."""
    tell_of_post.enqueue(event.post_id or 0)


def queue_thanks(event: AnswerAccepted) -> None:
    kind = NoticeKind.ACCEPTED if event.voice == "support" else NoticeKind.CONFIRMED
    tell_about_answer.enqueue(event.post_id or 0, str(kind), event.actor_id or 0)


def queue_bad_news(event: AnswerFailed) -> None:
    tell_about_answer.enqueue(event.post_id or 0, str(NoticeKind.FAILED), event.actor_id or 0)


def queue_ending(event: ThreadChanged) -> None:
    kind = NoticeKind.REOPENED if event.kind == "reopened" else NoticeKind.CLOSED
    tell_the_asker.enqueue(event.thread_id, str(kind), event.actor_id or 0)


def queue_merge_notices(event: ThreadMerged) -> None:
    tell_of_merging.enqueue(event.thread_id, event.actor_id or 0)


def tell_of_skipped_timer(event: TimerSkipped) -> None:
    thread = Thread.objects.get(pk=event.thread_id)
    actions.notify({event.member_id}, NoticeKind.TIMER_SKIPPED, thread=thread)


def queue_split_notices(event: ThreadBegunOfPosts) -> None:
    tell_of_splitting.enqueue(event.thread_id, event.actor_id or 0)


def queue_move_notices(event: PostsMovedHere) -> None:
    tell_of_moved_posts.enqueue(event.thread_id, event.post_id or 0, event.actor_id or 0)


def withdraw_move_notices(event: ThreadSplitOff) -> None:
    actions.withdraw(NoticeKind.MOVED_HERE, thread_id=event.thread_id)


def queue_unmerge_notice(event: ThreadUnmerged) -> None:
    actions.withdraw(NoticeKind.MERGED_YOURS, thread_id=event.thread_id)
    actions.withdraw(NoticeKind.HELPS_TOO, thread_id=event.thread_id)
    tell_the_asker.enqueue(event.thread_id, str(NoticeKind.UNMERGED), event.actor_id or 0)


def queue_request_notice(event: RequestOpened) -> None:
    tell_of_request.enqueue(event.request_id)


def queue_copying_notice(event: ColleagueCopiedIn) -> None:
    tell_of_copying.enqueue(event.thread_id, event.member_id, event.actor_id or 0)


def queue_handover_notice(event: DraftHandedOver) -> None:
    tell_of_handover.enqueue(event.handover_id)


def queue_assignment_notice(event: ThreadAssigned) -> None:
    tell_of_assignment.enqueue(event.thread_id, event.member_id or 0, event.team_id or 0, event.actor_id)


def queue_call_notices(event: CallBegun | CallReturned) -> None:
    tell_of_call.enqueue(event.call_id)


def withdraw_call_notices(event: CallChanged) -> None:
    """Somebody comes to it, or nobody is waited for any more."""
    if event.thread_id is not None:
        actions.withdraw(NoticeKind.CALLED, thread_id=event.thread_id)


def tell_of_late_call(event: CallOverdue) -> None:
    from_the_desk.tell_of_late_call(event.call_id)


def withdraw_late_call(event: CallAnswered | CallEnded) -> None:
    if event.thread_id is not None:
        actions.withdraw(NoticeKind.CALL_LATE, thread_id=event.thread_id)


def queue_gap_notices(event: GapsFound) -> None:
    tell_of_gaps.enqueue(list(event.gap_ids))


def queue_aside_notice(event: AsideOpened) -> None:
    tell_of_aside.enqueue(event.aside_id, event.actor_id or 0)


def read_notices(event: ThreadRead) -> None:
    actions.read_thread(by_id=event.member_id, thread_id=event.thread_id, number=event.number)


def tell_of_clock(event: ClockWarned | ClockBreached) -> None:
    from_the_desk.tell_of_clock(event.thread_id, event.kind, getattr(event, "mark", None))


def tell_of_promise(event: PromiseDelivered | PromiseJudged | PromiseOverdue) -> None:
    from_the_desk.tell_of_promise(event.thread_id, event.kind, event.actor_id)


def remind_of_promise(event: PromiseDue) -> None:
    from_the_desk.remind_of_promise(event.promise_id)


def call_for_a_decision(event: DeadlineStated) -> None:
    if event.conflicts:
        from_the_desk.call_for_a_decision(event.deadline_id)


def tell_that_nobody_decided(event: DeadlineUndecided) -> None:
    from_the_desk.tell_that_nobody_decided(event.deadline_id)


def queue_word_of_the_desk(event: DeadlineDecided | OfferMade | WrittenDown) -> None:
    kinds = {"deadline_decided": NoticeKind.DECIDED, "offered": NoticeKind.OFFERED}
    kind = kinds.get(event.kind, NoticeKind.WRITTEN_DOWN)
    tell_the_asker.enqueue(event.thread_id, str(kind), event.actor_id or 0)


def queue_joined_notice(event: CaseJoined) -> None:
    tell_the_asker.enqueue(event.thread_id, str(NoticeKind.WRITTEN_DOWN), event.actor_id)


def tell_of_answered_offer(event: OfferAnswered) -> None:
    from_the_desk.tell_of_answered_offer(event.thread_id, event.actor_id)


def call_people(event: Escalated) -> None:
    from_the_desk.call_people(event.escalation_id)


def tell_who_takes_it(event: EscalationTaken) -> None:
    from_the_desk.tell_who_takes_it(event.escalation_id)


def tell_of_sanction(event: MemberSanctioned) -> None:
    from_moderation.tell_of_sanction(event.sanction_id)


def tell_of_trust(event: TrustChanged) -> None:
    from_moderation.tell_of_trust(event.change_id)


def tell_of_decided_flag(event: FlagDecided) -> None:
    from_moderation.tell_of_decided_flag(event.flag_id)


def tell_of_what_was_taken(event: TakenFromMember) -> None:
    from_moderation.tell_of_what_was_taken(event.decision_id)


def tell_of_hidden_by_flags(event: HiddenByFlags) -> None:
    from_moderation.tell_of_hidden_by_flags(event.post_id)


def take_back_word(event: DecisionUndone) -> None:
    from_moderation.take_back_word_of(event.case_id)


def tell_of_held(event: HeldDecided) -> None:
    from_moderation.tell_of_held_text(event.held_id)


def withdraw_notices_of(event: WaveCleared) -> None:
    """What was told of posts that are gone asks nobody to come and look. What is not told yet asks before it tells."""
    actions.withdraw_of_posts(event.post_ids)


def queue_notices_again(event: WaveRestored | ApprovedAgain) -> None:
    for post_id in event.post_ids:
        tell_of_post.enqueue(post_id, again=True)


def tell_of_its_end(event: SanctionEnded) -> None:
    from_moderation.tell_of_its_end(event.sanction_id)


def tell_of_decided_appeal(event: AppealDecided) -> None:
    from_moderation.tell_of_decided_appeal(event.appeal_id)


def call_for_an_answer(event: ComplaintMade) -> None:
    from_the_desk.call_for_an_answer(event.complaint_id)


def tell_of_thanks(event: ThanksGiven) -> None:
    from_the_desk.tell_of_thanks(event.thanks_id)


def tell_of_the_answer(event: ComplaintAnswered) -> None:
    from_the_desk.tell_of_the_answer(event.complaint_id)


def drop_notices(event: MemberErased) -> None:
    actions.withdraw_altogether(Notice.objects.filter(member=event.member_id))
    MailWish.objects.filter(member=event.member_id).delete()
    MailRefusal.objects.filter(member=event.member_id).delete()


def tell_of_own_data(event: DataReady) -> None:
    export = Export.objects.get(pk=event.export_id)
    with override(settings.LANGUAGE_CODE):
        actions.notify(
            {export.member_id}, NoticeKind.DATA_READY, path=export.get_absolute_url(), title=gettext("Your data")
        )
