"""What stands on a member's row beside the rows it was taken from."""

from collections.abc import Iterator

from django.db import transaction

from community.moderation.actions.sanctions import RESTRICTIONS
from community.moderation.models import Sanction, TrustChange
from community.people.actions import locked, settle_muted
from community.people.handles import look_alike_key
from community.people.models import Member, Muting


def restrictions() -> Iterator[str]:
    for kind, what in RESTRICTIONS.items():
        standing = Sanction.objects.standing().filter(kind=kind)
        decided = {row[0]: row[1:] for row in standing.values_list("member_id", "at", "until", "because")}
        columns = (f"{what}_at", f"{what}_until", f"{what}_because")
        shown = {row[0]: row[1:] for row in Member.objects.exclude(**{columns[0]: None}).values_list("pk", *columns)}
        for pk in sorted(decided.keys() | shown.keys()):
            if decided.get(pk) != shown.get(pk):
                yield f"member {pk}: {what} stands otherwise than it was decided"


def trust() -> Iterator[str]:
    """What was last earned, lost or set."""
    said = dict(TrustChange.objects.order_by("at", "pk").values_list("member_id", "after"))
    for pk, level in Member.objects.filter(pk__in=said).values_list("pk", "trust"):
        if level != said[pk]:
            yield f"member {pk}: trust says {level}, the last change made it {said[pk]}"


def differing_muted() -> list[int]:
    rows: dict[int, set[int]] = {}
    for by, member in Muting.objects.values_list("by_id", "member_id"):
        rows.setdefault(by, set()).add(member)
    shown = dict(Member.objects.exclude(muted=[]).values_list("pk", "muted"))
    return sorted(pk for pk in rows.keys() | shown.keys() if rows.get(pk, set()) != set(shown.get(pk, [])))


def muted() -> Iterator[str]:
    for pk in differing_muted():
        yield f"member {pk}: muted names others than the rows of whom he mutes"


def keys() -> Iterator[str]:
    """No two handles that a reader could take for each other: that is kept by the key."""
    for pk, handle, key in Member.objects.values_list("pk", "handle", "handle_key").iterator():
        if key != look_alike_key(handle):
            yield f"member {pk}: handle_key is not the one of {handle}"


def mend() -> Iterator[str]:
    for pk in differing_muted():
        with transaction.atomic():
            settle_muted(locked(pk))
        yield f"member {pk}: muted is read again from whom he mutes"


CHECKS = (restrictions, trust, muted, keys)
