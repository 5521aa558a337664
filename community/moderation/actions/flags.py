from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from community import clock
from community.events import publish
from community.moderation.events import FlagDecided
from community.moderation.flagged import Flagged, what_is_flagged
from community.moderation.models import KEYS_APART, SEVERITY, CaseKind, Flag, FlagReason, Outcome, Verb
from community.moderation.policies import may_decide_flag, may_flag
from community.people.models import Member
from community.policy import Invalid, OutOfStep, require
from community.spaces.models import Space

from .cases import close_case, open_case
from .decisions import decided, reason
from .sanctions import as_now
from .upholding import carry_out, chosen_deed, locked_again
from .weighing import hide_if_flags_agree, settle_hidden


def flag_thing(*, by: Member, thing: Any, why: str, words: str = "") -> Flag:
    """Ask a moderator to look at a post, a thread, a profile (by its member) or a file.

    Flagging it again before the decision changes nothing.
    """
    flagged = Flagged(thing)
    require(may_flag(by, flagged))
    if why not in FlagReason.values:
        raise Invalid("reason", _("Choose a reason."))
    words = " ".join(words.split())
    if why == FlagReason.OTHER and not words:
        raise Invalid("words", _("Say in your words what is wrong."))
    try:
        with transaction.atomic():
            # Lock first: it may have been removed while they were writing; and those who decide take the same locks.
            flagged = locked_again(flagged)
            require(may_flag(by, flagged))
            about = {flagged.name: flagged.thing}
            flag = Flag.objects.create(
                flagger=by,
                reason=why,
                words=words[:500],
                severity=SEVERITY[FlagReason(why)],
                created_at=clock.now(),
                **about,
            )
            flag.case = open_case(
                CaseKind.FLAGS, severity=flag.severity, since=flag.created_at, **about, **flagged.place
            )
            flag.save(update_fields=["case"])
            if flagged.name == "post":
                hide_if_flags_agree(flag.case, flagged.thing, at=flag.created_at)
            return flag
    except IntegrityError:
        return Flag.objects.waiting().get(**{flagged.name: flagged.thing}, flagger=by)


@transaction.atomic
def uphold_flag(*, by: Member, flag: Flag, because: str, deed: str = "", space: Space | None = None) -> Flag:
    """The flag is right, and every waiting flag on the same is decided with it. `deed`: what becomes of the thing."""
    return decide(flag, Outcome.UPHELD, by=by, because=because, deed=deed, space=space)


@transaction.atomic
def decline_flag(*, by: Member, flag: Flag, because: str) -> Flag:
    """It may stand; every waiting flag on it is decided with it."""
    return decide(flag, Outcome.DECLINED, by=by, because=because)


def decide(
    flag: Flag, outcome: Outcome, *, by: Member, because: str, deed: str = "", space: Space | None = None
) -> Flag:
    flagged = locked_again(what_is_flagged(flag))
    require(may_decide_flag(as_now(by), flagged))
    because = reason(because)
    flag = Flag.objects.select_related("decided_by", "case").get(pk=flag.pk)
    if flag.decided_at:
        raise OutOfStep(
            _("This flag was already %(outcome)s by %(name)s.")
            % {"outcome": flag.get_outcome_display(), "name": flag.decided_by.called if flag.decided_by else ""}
        )
    chosen = chosen_deed(flagged, deed, space) if outcome == Outcome.UPHELD else None
    at = clock.now()
    # First the case, then the flags: one that is raised at this moment is decided with it, or waits in a case anew.
    case = flag.case and close_case(flag.case, by=by, at=at, outcome=str(outcome), because=because)
    waiting = list(Flag.objects.waiting().filter(case=case, **{flagged.name: flagged.thing}))
    Flag.objects.filter(pk__in=[each.pk for each in waiting]).update(
        outcome=outcome, decided_at=at, decided_by=by, decided_because=because
    )
    if flagged.name == "post":
        settle_hidden(case, flagged.thing, by=by, at=at, because=because, is_upheld=outcome == Outcome.UPHELD)
    before = carry_out(chosen, flagged, by=by, at=at, because=because, space=space) if chosen else {}
    if case:
        case.before |= before
        case.save(update_fields=["before"])
    decided(
        Verb.UPHELD_FLAG if chosen else Verb.DECLINED_FLAG,
        by=by,
        at=at,
        because=because,
        # What became of a thread or file stands in the log by itself.
        thread=flagged.thread,
        post=flagged.thing if flagged.name == "post" else None,
        member=flagged.person,
        before=KEYS_APART.join(sorted({each.reason for each in waiting})),
        after=outcome,
    )
    for each in waiting:
        publish(FlagDecided(flag_id=each.pk, flagger_id=each.flagger_id, outcome=str(outcome)))
    flag.refresh_from_db()
    return flag
