"""What stands on a member's row beside what was decided about him."""

from collections.abc import Iterator

from community.moderation.actions.sanctions import RESTRICTIONS
from community.moderation.models import Sanction
from community.people.models import Member


def restrictions() -> Iterator[str]:
    for kind, what in RESTRICTIONS.items():
        standing = Sanction.objects.standing().filter(kind=kind)
        decided = {row[0]: row[1:] for row in standing.values_list("member_id", "at", "until", "because")}
        columns = (f"{what}_at", f"{what}_until", f"{what}_because")
        shown = {row[0]: row[1:] for row in Member.objects.exclude(**{columns[0]: None}).values_list("pk", *columns)}
        for pk in sorted(decided.keys() | shown.keys()):
            if decided.get(pk) != shown.get(pk):
                yield f"member {pk}: {what} stands otherwise than it was decided"


CHECKS = (restrictions,)
