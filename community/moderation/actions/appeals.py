from django.db import transaction
from django.utils.translation import gettext_lazy as _

from community import clock
from community.events import publish
from community.moderation.events import AppealDecided
from community.moderation.models import Appeal, AppealOutcome, CaseKind, Sanction, Verb
from community.moderation.policies import may_appeal, may_decide_appeal
from community.people.actions import locked
from community.people.models import Member
from community.policy import Invalid, OutOfStep, require

from .cases import close_case, open_case, standing
from .decisions import decided, reason
from .sanctions import as_now, end, stand_again

APPEAL_LENGTH = 2000
# Somebody may not write, or may not come in, while it waits: as grave as what hurts while it stands.
APPEAL_SEVERITY = 3
VERBS = {AppealOutcome.UPHELD: Verb.UPHELD_ON_APPEAL, AppealOutcome.LIFTED: Verb.LIFTED_ON_APPEAL}


@transaction.atomic
def appeal_sanction(*, by: Member, sanction: Sanction, words: str) -> Appeal:
    """Ask somebody else to look at it again. Neither silence nor suspension keeps anybody from it."""
    locked(sanction.member_id)
    sanction = Sanction.objects.get(pk=sanction.pk)
    at = clock.now()
    require(may_appeal(by, sanction, list(sanction.appeals.all()), at=at))
    words = words.strip()
    if not words:
        raise Invalid("words", _("Say why it should be looked at again."))
    appeal = Appeal.objects.create(
        sanction=sanction, member=by, sanctioned_by_id=sanction.by_id, words=words[:APPEAL_LENGTH], at=at
    )
    open_case(CaseKind.APPEAL, severity=APPEAL_SEVERITY, since=at, appeal=appeal)
    return appeal


@transaction.atomic
def decide_appeal(*, by: Member, appeal: Appeal, outcome: str, because: str) -> Appeal:
    """Let the decision stand or take it back; the member reads why. Raises OutOfStep when it was decided."""
    member = locked(appeal.member_id)
    appeal = Appeal.objects.select_related("sanction", "member", "decided_by").get(pk=appeal.pk)
    require(may_decide_appeal(as_now(by), appeal))
    if outcome not in AppealOutcome.values:
        raise Invalid("outcome", _("Choose what becomes of the decision."))
    because, at, sanction = reason(because), clock.now(), appeal.sanction
    if appeal.decided_by:
        raise OutOfStep(_("%(name)s has decided this appeal already.") % {"name": appeal.decided_by.called})
    if case := standing(CaseKind.APPEAL, {"appeal": appeal}):
        close_case(case, by=by, at=at, outcome=outcome, because=because)
    appeal.outcome, appeal.decided_at, appeal.decided_by, appeal.decided_because = outcome, at, by, because
    appeal.save(update_fields=["outcome", "decided_at", "decided_by", "decided_because"])
    decided(VERBS[AppealOutcome(outcome)], by=by, at=at, because=because, member=member, before=sanction.kind)
    if outcome == AppealOutcome.LIFTED and sanction.is_standing:
        end(sanction, member, at=at, by=by, because=because)
    publish(AppealDecided(appeal_id=appeal.pk, member_id=member.pk))
    return appeal


def take_back_appeal(appeal: Appeal, member: Member) -> None:
    """It waits again, and what was lifted with it stands again. The caller holds the lock of the member."""
    if appeal.outcome == AppealOutcome.LIFTED and appeal.sanction.ended_at == appeal.decided_at:
        stand_again(appeal.sanction, member)
    appeal.outcome, appeal.decided_at, appeal.decided_by, appeal.decided_because = "", None, None, ""
    appeal.save(update_fields=["outcome", "decided_at", "decided_by", "decided_because"])
