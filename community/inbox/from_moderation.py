"""What was decided about a member, told to the member. Who decided is not: what counts is the reason."""

from community.moderation.models import Appeal, Held, HeldState, Sanction, SanctionKind

from .actions import notify
from .models import NoticeKind

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
