"""The lists of the desk: what they are called, which threads stand in them, how many."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from .models import OURS, Queue, Team
from .queries import HandlingQuerySet

# Lists into which a thread also comes when somebody puts it there.
BY_HAND = frozenset({"mine", "teams"})
# Behind "More", unless chosen: somebody else's turn.
QUIET = frozenset({"asker", "snoozed"})


def lists_for(reader: Any, at: datetime) -> dict[str, tuple[Any, Q]]:
    """Every list of what is open: its name and its condition. What is put aside stands in its own list only, except
    that what is late is late wherever it stands."""
    awake = Q(snoozed_until=None) | Q(snoozed_until__lte=at)
    teams = list(Team.members.through.objects.filter(member=reader).values_list("team_id", flat=True))
    return {
        "ours": (_("All ours"), Q(queue__in=OURS) & awake),
        "late": (_("Late"), Q(next_at__lte=at)),
        "unanswered": (_("Unanswered"), Q(queue=Queue.UNANSWERED) & awake),
        "came-back": (_("Asker came back"), Q(queue=Queue.CAME_BACK) & awake),
        "contradictions": (_("Contradictions"), Q(queue=Queue.CONTRADICTION) & awake),
        "mine": (_("Mine"), Q(assigned_to=reader.pk) & awake),
        "teams": (_("Of my teams"), Q(team__in=teams) & awake),
        "to-confirm": (_("To be confirmed"), Q(queue=Queue.TO_CONFIRM) & awake),
        "asker": (_("Waiting for the asker"), Q(queue=Queue.ASKER) & awake),
        "snoozed": (_("Put aside"), Q(snoozed_until__gt=at)),
    }


def counted(rows: HandlingQuerySet, lists: dict[str, tuple[Any, Q]]) -> dict[str, int]:
    """How long each list is, in one query; the same conditions make the lists."""
    names = {key: f"in_{place}" for place, key in enumerate(lists)}
    found = rows.aggregate(**{names[key]: Count("pk", filter=condition) for key, (_words, condition) in lists.items()})
    return {key: found[name] for key, name in names.items()}
