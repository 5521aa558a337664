"""What was decided about a member, told to the member. Who decided is not: what counts is the reason."""

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import override

from community.moderation.models import (
    Appeal,
    Case,
    Decision,
    Flag,
    Held,
    HeldState,
    Outcome,
    Sanction,
    SanctionKind,
    TrustChange,
)
from community.threads.models import Post

from .actions import notify, withdraw_altogether, withdraw_of_posts
from .models import Notice, NoticeKind

KINDS = {
    SanctionKind.WARNING: NoticeKind.WARNED,
    SanctionKind.SILENCE: NoticeKind.SILENCED,
    SanctionKind.SUSPENSION: NoticeKind.SUSPENDED,
}


def tell_of_sanction(sanction_id: int) -> None:
    sanction = Sanction.objects.get(pk=sanction_id)
    tell(sanction, KINDS[SanctionKind(sanction.kind)], sanction.because)


def tell_of_its_end(sanction_id: int) -> None:
    sanction = Sanction.objects.get(pk=sanction_id)
    tell(sanction, NoticeKind.SANCTION_ENDED, sanction.ended_because or sanction.because)


def tell_of_decided_appeal(appeal_id: int) -> None:
    appeal = Appeal.objects.select_related("sanction").get(pk=appeal_id)
    # There may be a second one against the same decision, with a notice of its own.
    tell(appeal.sanction, NoticeKind.APPEAL_DECIDED, appeal.decided_because, place=f"#appeal-{appeal.pk}")


def tell(sanction: Sanction, kind: NoticeKind, words: str, *, place: str = "") -> None:
    notify({sanction.member_id}, kind, path=sanction.get_absolute_url() + place, title=words)


def tell_of_held_text(held_id: int) -> None:
    """What became of what waited; whoever took it back himself knows."""
    held = Held.objects.get(pk=held_id)
    kinds = {HeldState.APPROVED: NoticeKind.HELD_APPROVED, HeldState.DECLINED: NoticeKind.HELD_DECLINED}
    if kind := kinds.get(HeldState(held.state)):
        notify({held.by_id}, kind, path=held.get_absolute_url(), title=held.called)


def tell_of_trust(change_id: int) -> None:
    change = TrustChange.objects.select_related("member").get(pk=change_id)
    kind = NoticeKind.TRUST_ROSE if change.has_risen else NoticeKind.TRUST_FELL
    place = f"#trust-{change.pk}"
    if change.released_at:
        kind, place = NoticeKind.TRUST_SET, f"#released-{change.pk}"
    elif change.by_id:
        kind = NoticeKind.TRUST_SET
    with override(change.member.language or settings.LANGUAGE_CODE):
        level = str(change.get_after_display())
    notify({change.member_id}, kind, path=reverse("moderation:powers") + place, title=level)


def tell_of_decided_flag(flag_id: int) -> None:
    """Whoever flagged reads what became of it; whoever wrote it, why it is out of sight."""
    flag = Flag.objects.select_related("post__thread", "thread").get(pk=flag_id)
    is_upheld = flag.outcome == Outcome.UPHELD
    kind = NoticeKind.FLAG_UPHELD if is_upheld else NoticeKind.FLAG_DECLINED
    notify({flag.flagger_id}, kind, path=place_of(flag), title=flag.decided_because)
    if flag.thread and flag.thread.is_hidden and is_upheld:
        path = flag.thread.get_absolute_url()
        notify({flag.thread.author_id}, NoticeKind.POST_HIDDEN, path=path, title=flag.decided_because)
    elif flag.post and is_upheld:
        notify({flag.post.author_id}, NoticeKind.POST_HIDDEN, path=flag.post.permalink, title=flag.decided_because)
    elif flag.post:
        # It is shown again, so that nothing is to be told any more.
        withdraw_altogether(Notice.objects.filter(kind=NoticeKind.POST_HIDDEN, path=flag.post.permalink))


def tell_of_what_was_taken(decision_id: int) -> None:
    decision = Decision.objects.get(pk=decision_id)
    notify(
        {decision.member_id or 0}, NoticeKind.TAKEN_AWAY, path=place_of_decision(decision_id), title=decision.because
    )


def tell_of_hidden_by_flags(post_id: int) -> None:
    post = Post.objects.select_related("thread").get(pk=post_id)
    because = post.thread.hidden_because if post.is_first else post.hidden_because
    notify({post.author_id}, NoticeKind.POST_HIDDEN, path=post.permalink, title=because)


def place_of(flag: Flag) -> str:
    return f"{reverse('moderation:mine')}#flag-{flag.pk}"


def place_of_decision(decision_id: int) -> str:
    return f"{reverse('moderation:mine')}#decision-{decision_id}"


def take_back_word_of(case_id: int) -> None:
    """What was told of a decision that was undone within seconds was never told."""
    case = (
        Case.objects.select_related("post", "thread", "held", "appeal__sanction")
        .prefetch_related("flags")
        .get(pk=case_id)
    )
    told = Q(kind__in=(NoticeKind.FLAG_UPHELD, NoticeKind.FLAG_DECLINED), path__in=map(place_of, case.flags.all()))
    if case.post:
        told |= Q(kind=NoticeKind.POST_HIDDEN, path=case.post.permalink)
    if case.thread:
        told |= Q(kind=NoticeKind.POST_HIDDEN, path=case.thread.get_absolute_url())
    if decision_id := case.before.get("decision"):
        told |= Q(kind=NoticeKind.TAKEN_AWAY, path=place_of_decision(decision_id))
    if case.appeal:
        place = case.appeal.sanction.get_absolute_url()
        told |= Q(kind=NoticeKind.APPEAL_DECIDED, path=f"{place}#appeal-{case.appeal_id}")
        told |= Q(kind=NoticeKind.SANCTION_ENDED, path=place)
    if case.held:
        kinds = (NoticeKind.HELD_APPROVED, NoticeKind.HELD_DECLINED)
        told |= Q(kind__in=kinds, path=case.held.get_absolute_url())
        if case.held.posted_id:
            withdraw_of_posts([case.held.posted_id])
    withdraw_altogether(Notice.objects.filter(told))
