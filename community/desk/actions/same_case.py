"""Two conversations of one asker or organisation are one case, or are not. Neither ever shows anything of the other."""

from django.db import transaction

from community import clock
from community.desk.events import QueueChanged
from community.desk.models import CasePair, Handling, Matter
from community.desk.policies import may_handle
from community.events import publish
from community.people.models import Member
from community.policy import require
from community.threads.actions.merging import locked_together
from community.threads.models import Thread

from .handling import give


@transaction.atomic
def offer_pair(*, thread: Thread, other: Thread) -> None:
    """Ask support whether it is one case. What was decided about the two is not asked again."""
    _pair, is_new = CasePair.objects.get_or_create(thread=thread, other=other, defaults={"found_at": clock.now()})
    if is_new:
        publish(QueueChanged(thread_id=thread.pk))


@transaction.atomic
def decide_pair(*, by: Member, pair: CasePair, is_one: bool) -> CasePair:
    """One case is in the same hands from then on, so that nobody answers twice; taken apart, each goes its own way."""
    require(may_handle(by))
    locked_together(pair.thread_id, pair.other_id)
    pair = CasePair.objects.get(pk=pair.pk)
    stands = Matter.JOINED if is_one else Matter.APART
    if pair.stands == stands:
        return pair
    pair.stands, pair.decided_by, pair.decided_at = stands, by, clock.now()
    pair.save(update_fields=["stands", "decided_by", "decided_at"])
    if is_one:
        share_hands(pair, by=by)
    publish(QueueChanged(thread_id=pair.thread_id))
    publish(QueueChanged(thread_id=pair.other_id))
    return pair


def share_hands(pair: CasePair, *, by: Member) -> None:
    """Whoever has one of them has both; where both are in hands, those of the earlier one go on."""
    rows = {row.thread_id: row for row in Handling.objects.filter(thread__in=(pair.thread_id, pair.other_id))}
    for thread_id in (pair.other_id, pair.thread_id):
        row = rows.get(thread_id)
        if row and (row.assigned_to_id or row.team_id):
            give(row, by=by, to=row.assigned_to, team=row.team)
            return
