from django.db.models import Q

from community import clock
from community.errands import not_before
from community.people.events import MemberDeactivated, MemberErased, MemberReactivated, RoleChanged, TrapFilled
from community.people.models import Erasure, Member
from community.threads.events import (
    AnswerAccepted,
    ThreadChanged,
    ThreadDeleted,
    ThreadHidden,
    ThreadUnmerged,
)
from community.threads.models import Merging, Post, Thread

from .actions.cases import close_case, open_case, standing
from .actions.contradictions import contradicts_itself, line_up_contradiction, settle_contradiction
from .actions.decisions import decided
from .actions.holding import drop_words_of
from .actions.waves import hold_account, settle_account
from .events import AppealDecided, HeldDecided, MemberSanctioned, SanctionEnded, TextHeld
from .models import TOO_LATE_TO_UNDO, Case, CaseKind, Held, HeldKind, HeldState, PersonNote, Verb, WatchedWord
from .tasks import mail_appeal, mail_end, mail_sanction, take_apart_what_leads_to

VERBS = {
    "deleted": Verb.DELETED_POST,
    "thread_deleted": Verb.DELETED_POST,
    "restored": Verb.RESTORED_POST,
    "thread_restored": Verb.RESTORED_POST,
    "edited": Verb.EDITED_POST,
}

# Its author waits, but nobody is hurt while it does.
HELD_SEVERITY = 1


def line_up_held(event: TextHeld) -> None:
    """What is held waits in the one queue."""
    held = Held.objects.select_related("thread").get(pk=event.held_id)
    open_case(case_kind(held), severity=HELD_SEVERITY, since=held.at, held=held, **held.place)


def close_held(event: HeldDecided) -> None:
    """Fails, and the decision with it, when somebody else has claimed it; its author may always take it back."""
    held = Held.objects.select_related("decided_by").get(pk=event.held_id)
    case = standing(case_kind(held), {"held": held})
    if case is None or held.decided_by is None or held.decided_at is None:
        return
    close_case(
        case,
        by=held.decided_by,
        at=held.decided_at,
        outcome=event.outcome,
        because=held.decided_because,
        despite_claim=held.state == HeldState.WITHDRAWN,
    )


def case_kind(held: Held) -> CaseKind:
    return CaseKind.HELD_EDIT if held.what in (HeldKind.EDIT, HeldKind.TITLE) else CaseKind.HELD_POST


def weigh_what_is_said(event: ThreadChanged) -> None:
    """An answer of which some say that it works and others that it fails is something to decide, while that is so."""
    # What support gives as its solution is accepted with it, when nobody can have tried it.
    is_fresh = isinstance(event, AnswerAccepted) and event.author_id == event.actor_id
    if event.post_id is None or is_fresh:
        return
    post = Post.objects.select_related("thread__space").get(pk=event.post_id)
    if contradicts_itself(post):
        line_up_contradiction(post, at=clock.now())
    elif not isinstance(event, AnswerAccepted) and (by := Member.objects.filter(pk=event.actor_id).first()):
        settle_contradiction(post, by=by, at=clock.now())


def move_cases(event: ThreadChanged) -> None:
    """What waits is found under the space where its thread is now."""
    thread = Thread.objects.get(pk=event.thread_id)
    there = Q(post__thread=thread) | Q(thread=thread) | Q(attachment__post__thread=thread)
    Case.objects.waiting().filter(there).update(space=thread.space_id)


def write_down_what_others_did(event: ThreadChanged) -> None:
    """Editing, deleting or restoring somebody else's post is an act of moderation, whichever page it was done on."""
    if event.post_id is None or event.actor_id is None:
        return
    post = Post.objects.select_related("thread", "author").get(pk=event.post_id)
    if event.actor_id == post.author_id:
        return
    actor = Member.objects.get(pk=event.actor_id)
    at = post.deleted_at or post.edited_at or post.thread.last_post_at
    decided(
        VERBS[event.kind],
        by=actor,
        at=at,
        because=post.deleted_because,
        thread=post.thread,
        post=post,
        member=post.author,
    )


def write_down_unmerging(event: ThreadUnmerged) -> None:
    """Whoever did it: a moderator, the asker who says that his question is a different one, or nobody."""
    ended = Merging.objects.filter(thread=event.thread_id).exclude(ended_at=None)
    merging = ended.select_related("thread", "ended_by").latest("ended_at")
    decided(
        Verb.UNMERGED,
        by=merging.ended_by,
        at=merging.ended_at or clock.now(),
        because=merging.ended_because,
        thread=merging.thread,
        before=f"#{merging.into_id}",
    )


def queue_taking_apart(event: ThreadHidden | ThreadDeleted) -> None:
    """What led here must not lead nowhere. In its own time: each needs a lock of its own."""
    if Thread.objects.filter(merged_into=event.thread_id).exists():
        take_apart_what_leads_to.enqueue(event.thread_id)


def hold_new_account(event: TrapFilled) -> None:
    """Nothing is dropped in silence: what the account writes waits, and its owner reads why."""
    hold_account(Member.objects.get(pk=event.member_id), ["trap"], at=clock.now())


def write_down_standing(event: RoleChanged | MemberDeactivated | MemberReactivated) -> None:
    """Who may do what, and who may come in at all, is decided by somebody and written down like every decision."""
    member = Member.objects.get(pk=event.member_id)
    by = Member.objects.get(pk=event.by_id)
    if isinstance(event, RoleChanged):
        decided(Verb.CHANGED_ROLE, by=by, at=clock.now(), member=member, before=event.was, after=event.became)
    else:
        verb = Verb.DEACTIVATED if isinstance(event, MemberDeactivated) else Verb.REACTIVATED
        decided(verb, by=by, at=clock.now(), because=member.deactivated_because, member=member)


def mail_whom_it_concerns(event: MemberSanctioned | SanctionEnded | AppealDecided) -> None:
    """Nobody is silenced, suspended or let off without being told, also where he does not come in to read it."""
    if isinstance(event, MemberSanctioned):
        mail_sanction.enqueue(event.sanction_id)
    elif isinstance(event, SanctionEnded):
        mail_end.enqueue(event.sanction_id)
    else:
        # Not before it can no longer be taken back.
        not_before(clock.now() + TOO_LATE_TO_UNDO, mail_appeal).enqueue(event.appeal_id)


def write_down_erasure(event: MemberErased) -> None:
    """That it was done, and why where somebody else did it; what waited for a moderator about the member is settled."""
    erasure = Erasure.objects.select_related("member", "by").get(member=event.member_id)
    decided(Verb.ERASED, by=erasure.by, at=erasure.at, because=erasure.because, member=erasure.member)
    settle_account(erasure.member, by=erasure.by, at=erasure.at, outcome="freed", because=erasure.because)
    drop_words_of(erasure.member)
    PersonNote.objects.filter(member=erasure.member).delete()
    for email in erasure.emails:
        WatchedWord.objects.filter(pattern__icontains=email).delete()
