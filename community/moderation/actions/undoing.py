"""Taking back a decision within seconds: a slip of the hand leaves nothing behind but two lines in the log."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from community import clock
from community.events import publish
from community.moderation.events import CaseChanged, DecisionUndone
from community.moderation.flagged import Flagged, what_is_flagged
from community.moderation.models import FLAGGED, Case, CaseKind, HeldState, Verb, came_in_time
from community.moderation.policies import may_undo
from community.people.actions import locked
from community.people.models import Member
from community.policy import OutOfStep, require

from .appeals import take_back_appeal
from .cases import locked_case, standing
from .contradictions import HANDED_OVER
from .decisions import decided
from .holding import locked_held, posted_before, still_waiting, wait_again
from .sanctions import as_now
from .taking_back import put_back
from .unsaying import keep_out_of_sight, unsay
from .upholding import as_it_stood, locked_again, take_back
from .waves import hold_again


@transaction.atomic
def undo_decision(*, by: Member, case: Case) -> Case:
    """As before: the case waits again, a post that it hid is shown again, nobody has been told.

    Raises NotAllowed for anybody else than whoever decided, OutOfStep when it is too late.
    """
    by = as_now(by)
    # What it is about first, as those who decide do, so that nobody waits in a circle.
    flagged = locked_again(what_is_flagged(case)) if case.subject[0] in FLAGGED else None
    held = locked_held(case.held_id) if case.held_id else None
    posted = posted_before(held) if held else None
    appealing = locked(case.appeal.member_id) if case.appeal else None
    at, case = clock.now(), locked_case(case.pk)
    require(may_undo(by, case))
    if case.decided_at is None:
        raise OutOfStep(_("This waits already."))
    if not came_in_time(case.decided_at, at):
        raise OutOfStep(_("More than 10 seconds have passed. The decision stands; decide anew where it is."))
    if standing(CaseKind(case.kind), {f"{case.subject[0]}_id": case.subject[1]}):
        raise OutOfStep(_("It waits anew already: somebody has brought it up again."))
    if held is not None:
        if held.state == HeldState.APPROVED:
            unsay(held, posted, case.before, by=by, at=at)
        elif held.state == HeldState.DECLINED:
            keep_out_of_sight(posted, by=by, at=at)
        else:
            still_waiting(held)
        wait_again(held)
    if appealing is not None and case.appeal:
        take_back_appeal(case.appeal, appealing)
    if case.kind == CaseKind.HELD_ACCOUNT:
        hold_again(case)
    if flagged is not None and case.outcome == HANDED_OVER:
        put_back(flagged.thing.thread_id, "hand_over", as_it_stood(case.before), by=by)
    if flagged is not None and case.kind == CaseKind.FLAGS:
        take_back(case, flagged, by=by, at=at)
        case.flags.update(outcome="", decided_at=None, decided_by=None, decided_because="")
    member = appealing or (flagged.thing if flagged and flagged.name == "member" else None)
    about = place_of(flagged) | {"member": member}
    if held is not None and posted is not None:
        about = {"post": posted, "thread": posted.thread, "member": held.by}
    reopened(case, by=by, at=at, about=about)
    return case


def place_of(flagged: Flagged | None) -> dict[str, Any]:
    if flagged is None:
        return {}
    return {"post": flagged.thing if flagged.name == "post" else None, "thread": flagged.thread}


def reopened(case: Case, *, by: Member, at: datetime, about: dict[str, Any]) -> None:
    decided(Verb.UNDID, by=by, at=at, because=case.because, before=case.outcome, **about)
    case.decided_at, case.decided_by, case.outcome, case.because = None, None, "", ""
    case.save(update_fields=["decided_at", "decided_by", "outcome", "because"])
    publish(DecisionUndone(case_id=case.pk))
    publish(CaseChanged(case_id=case.pk))
