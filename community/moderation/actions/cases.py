"""What waits in the review queue: opened, claimed, decided once.

Whoever adds a kind of case opens it with `open_case` and calls `close_case` in the action that decides, after the
locks of what it is about. The queue shows it by the template that community/moderation/docket.py names for the kind.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from community import clock
from community.events import publish
from community.moderation.events import CaseChanged
from community.moderation.models import Case, CaseKind
from community.moderation.policies import may_claim
from community.people.models import Member
from community.policy import OutOfStep, require

from .sanctions import as_now

# Long enough to read a thread, short enough that nothing waits for somebody who went home.
CLAIM = timedelta(minutes=10)


@transaction.atomic
def open_case(kind: CaseKind, *, severity: int, since: datetime, **about: Any) -> Case:
    """The open case of this kind about one thing, made if there is none, and made graver if this is.

    `about`: one of the subjects; besides, if it is somewhere, `space` and `for_support`.
    """
    place = {key: about.pop(key) for key in ("space", "for_support") if key in about}
    case = standing(kind, about)
    if case is None:
        try:
            with transaction.atomic():
                case = Case.objects.create(kind=kind, severity=severity, since=since, **about, **place)
        except IntegrityError:
            # Somebody opened it at the same moment.
            case = Case.objects.select_for_update().waiting().get(kind=kind, **about)
    if severity > case.severity:
        case.severity = severity
        case.save(update_fields=["severity"])
    publish(CaseChanged(case_id=case.pk))
    return case


def standing(kind: CaseKind, about: dict[str, Any]) -> Case | None:
    """The open case, with its row locked."""
    return Case.objects.select_for_update().waiting().filter(kind=kind, **about).first()


@transaction.atomic
def close_case(
    case: Case, *, by: Member, at: datetime, outcome: str, because: str, despite_claim: bool = False
) -> Case:
    """The one doorway by which a case is decided, inside the action that decides what it is about.

    Raises OutOfStep when somebody has decided it, or has claimed it and is at it; `despite_claim` is for what its
    author takes back.
    """
    case = locked_case(case.pk)
    if not despite_claim:
        still_open(case, by, at)
    case.decided_at, case.decided_by, case.outcome, case.because = at, by, outcome, because
    case.claimed_by = case.claimed_until = None
    case.save()
    publish(CaseChanged(case_id=case.pk))
    return case


def locked_case(case_id: int) -> Case:
    case = Case.objects.select_for_update().filter(pk=case_id).first()
    if case is None:
        raise OutOfStep(_("This is gone: what it was about was removed."))
    return case


def still_open(case: Case, by: Member, at: datetime) -> None:
    if case.decided_at:
        words = _("%(name)s has decided this already.")
        raise OutOfStep(words % {"name": case.decided_by.called if case.decided_by else ""})
    if case.claimed_at(at) and case.claimed_by_id != by.pk:
        raise claimed_already(case, at)


def claimed_already(case: Case, at: datetime) -> OutOfStep:
    minutes = max(1, round(((case.claimed_until or at) - at).total_seconds() / 60))
    words = _("%(name)s has claimed this and decides it within %(minutes)s min.")
    return OutOfStep(words % {"name": case.claimed_by.called if case.claimed_by else "", "minutes": minutes})


@transaction.atomic
def claim_case(*, by: Member, case: Case) -> Case:
    """For ten minutes only this moderator decides it. Claiming again begins the ten minutes anew."""
    require(may_claim(as_now(by), case))
    at, case = clock.now(), locked_case(case.pk)
    still_open(case, by, at)
    return claimed(case, by, at)


@transaction.atomic
def let_go_of_case(*, by: Member, case: Case) -> Case:
    require(may_claim(as_now(by), case))
    case = locked_case(case.pk)
    if case.claimed_by_id == by.pk:
        case.claimed_by = case.claimed_until = None
        case.save(update_fields=["claimed_by", "claimed_until"])
        publish(CaseChanged(case_id=case.pk))
    return case


@transaction.atomic
def claim_next(*, by: Member) -> Case:
    """The gravest that nobody has claimed, the oldest of them. Raises OutOfStep when there is none."""
    by, at = as_now(by), clock.now()
    require(may_claim(by, None))
    waiting = Case.objects.visible_to(by).waiting().apart_from_waves()
    free = waiting.free_for(by, at).exclude(claimed_by=by, claimed_until__gt=at)
    # Whoever takes one at the same moment takes another.
    case = free.select_for_update(skip_locked=True, of=("self",)).most_severe_first().first()
    if case is None:
        raise OutOfStep(_("Nothing is free: what waits is claimed by others."))
    return claimed(case, by, at)


def claimed(case: Case, by: Member, at: datetime) -> Case:
    case.claimed_by, case.claimed_until = by, at + CLAIM
    case.save(update_fields=["claimed_by", "claimed_until"])
    publish(CaseChanged(case_id=case.pk))
    return case
