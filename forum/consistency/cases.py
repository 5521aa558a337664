"""What waits for a moderator has its case, and a case that is open has something that waits."""

from collections.abc import Iterator

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from community.moderation.actions.appeals import APPEAL_SEVERITY
from community.moderation.actions.cases import locked_case
from community.moderation.actions.contradictions import SEVERITY
from community.moderation.actions.waves import ACCOUNT_SEVERITY, WAVE_SEVERITY
from community.moderation.flagged import Flagged, what_is_flagged
from community.moderation.models import Appeal, Case, CaseKind, Flag, Held, Wave
from community.moderation.reactions import HELD_SEVERITY

# Flags are as grave as they are.
SEVERITIES = {
    CaseKind.HELD_POST: HELD_SEVERITY,
    CaseKind.HELD_EDIT: HELD_SEVERITY,
    CaseKind.HELD_ACCOUNT: ACCOUNT_SEVERITY,
    CaseKind.APPEAL: APPEAL_SEVERITY,
    CaseKind.WAVE: WAVE_SEVERITY,
    CaseKind.CONTRADICTION: SEVERITY,
}


def waiting_ones() -> Iterator[str]:
    for flag in Flag.objects.waiting().filter(Q(case=None) | ~Q(case__decided_at=None)).only("pk"):
        yield f"flag {flag.pk}: waits and is in no open case"
    open_ones = Case.objects.waiting()
    for appeal in Appeal.objects.waiting().exclude(Exists(open_ones.filter(appeal=OuterRef("pk")))).only("pk"):
        yield f"appeal {appeal.pk}: waits and is in no open case"
    for held in Held.objects.waiting().exclude(Exists(open_ones.filter(held=OuterRef("pk")))).only("pk"):
        yield f"held text {held.pk}: waits and is in no open case"
    waves = Wave.objects.filter(state="waiting").exclude(Exists(open_ones.filter(wave=OuterRef("pk"))))
    for wave in waves.only("pk"):
        yield f"wave {wave.pk}: waits and is in no open case"


def open_ones() -> Iterator[str]:
    flags = Flag.objects.waiting().filter(case=OuterRef("pk"))
    nothing = Q(kind="flags") & ~Exists(flags)
    nothing |= Q(wave__isnull=False) & ~Q(wave__state="waiting")
    nothing |= Q(appeal__decided_at__isnull=False) | (Q(held__isnull=False) & ~Q(held__state="waiting"))
    for case in Case.objects.waiting().filter(nothing).only("pk"):
        yield f"case {case.pk}: is open and nothing in it waits"
    for case in Case.objects.decided().filter(flags__decided_at=None, flags__isnull=False).only("pk").distinct():
        yield f"case {case.pk}: is decided and a flag in it waits"


def as_it_should_be(case: Case) -> tuple[int | None, int | None, bool]:
    """How grave it is, in which space, and whether only support decides it."""
    severity = SEVERITIES.get(CaseKind(case.kind), case.gravest)
    if case.held:
        place = case.held.place
    elif case.kind == CaseKind.CONTRADICTION:
        place = Flagged(case.post).place
    elif case.kind == CaseKind.FLAGS:
        place = what_is_flagged(case).place
    else:
        place = {}
    space = place.get("space")
    return severity, space and space.pk, place.get("for_support", False)


def as_it_is(case: Case) -> tuple[int, int | None, bool]:
    return case.severity, case.space_id, case.for_support


def open_with_what_they_are_about() -> QuerySet[Case]:
    gravest = Max("flags__severity", filter=Q(flags__decided_at=None))
    places = ("post__thread__space", "thread__space", "attachment__post__thread__space", "held__space", "held__thread")
    return Case.objects.waiting().annotate(gravest=gravest).select_related("member", *places)


def misplaced() -> Iterator[Case]:
    for case in open_with_what_they_are_about().iterator(chunk_size=500):
        # One without a flag that waits is another fault.
        if (case.kind != CaseKind.FLAGS or case.gravest is not None) and as_it_is(case) != as_it_should_be(case):
            yield case


def places_and_severities() -> Iterator[str]:
    for case in misplaced():
        yield f"case {case.pk}: it waits as another case, or elsewhere, than what it is about"


def mend() -> Iterator[str]:
    for misplaced_one in list(misplaced()):
        with transaction.atomic():
            locked_case(misplaced_one.pk)
            case = open_with_what_they_are_about().get(pk=misplaced_one.pk)
            case.severity, case.space_id, case.for_support = as_it_should_be(case)
            case.save(update_fields=["severity", "space", "for_support"])
        yield f"case {case.pk}: it waits again as what it is about"


CHECKS = (waiting_ones, open_ones, places_and_severities)
