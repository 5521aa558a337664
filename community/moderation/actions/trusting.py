"""Trust follows the rules: earned, lost, and told."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from community import clock
from community.events import publish
from community.moderation.earning import against, facts_of, level_by, members_by_rule
from community.moderation.events import TrustChanged
from community.moderation.models import TrustChange, TrustRule, Verb, trust_rules
from community.moderation.policies import may_watch
from community.people.actions import locked
from community.people.models import Member
from community.policy import require

from .decisions import decided
from .sanctions import as_now


@transaction.atomic
def set_trust_rules(*, by: Member, levels: Mapping[int, Mapping[str, Any]]) -> None:
    """What each level asks, by the fields of TrustRule. Within the hour everybody has what the rules say."""
    require(may_watch(as_now(by)))
    for trust, asked in levels.items():
        TrustRule.objects.update_or_create(trust=trust, defaults=dict(asked))


@transaction.atomic
def settle_trust(member_id: int) -> TrustChange | None:
    """Give a member the trust that the rules say; nothing where that is so already, or for the team."""
    member, at, rules = locked(member_id), clock.now(), trust_rules()
    facts = facts_of(members_by_rule().filter(pk=member_id), at).get(member_id)
    if facts is None or (level := level_by(rules, facts, member.trust)) == member.trust:
        return None
    has_risen = level > member.trust
    # The lowest of those that were lost says why; it counts for those above it, too.
    why = [] if has_risen else against(rules[level + 1], facts)
    change = TrustChange.objects.create(member=member, before=member.trust, after=level, why=" ".join(why), at=at)
    verb = Verb.TRUST_ROSE if has_risen else Verb.TRUST_FELL
    decided(verb, by=None, at=at, member=member, before=str(member.trust), after=str(level))
    member.trust = level
    member.save(update_fields=["trust"])
    publish(TrustChanged(change_id=change.pk, member_id=member.pk))
    return change
