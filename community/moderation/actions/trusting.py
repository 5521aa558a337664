"""Trust follows the rules, unless somebody sets it: earned, lost, held, and told."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from community import clock
from community.events import publish
from community.languages import speaking_for_all
from community.moderation.earning import against, facts_of, in_words, level_by, members_by_rule
from community.moderation.events import TrustChanged
from community.moderation.models import AGAINST, KEYS_APART, NEEDED, TrustChange, TrustRule, Verb, trust_rules
from community.moderation.models.decisions import HELD
from community.moderation.policies import may_set_trust, may_watch
from community.people.actions import locked
from community.people.models import Member, Trust
from community.policy import Invalid, OutOfStep, require

from .decisions import changed, decided, reason, said_by
from .sanctions import as_now


@transaction.atomic
def set_trust_rules(*, by: Member, levels: Mapping[int, Mapping[str, Any]]) -> None:
    """What each level asks, by the fields of TrustRule. Within the hour everybody has what the rules say."""
    require(may_watch(as_now(by)))
    rules = trust_rules()
    for trust, asked in levels.items():
        before = said_by(rules[trust])
        rule, _new = TrustRule.objects.update_or_create(trust=trust, defaults=dict(asked))
        changed(Verb.CHANGED_TRUST, rule, before, by=by, of=Trust(trust).label)


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
    change = TrustChange(member=member, before=member.trust, after=level, why=" ".join(why), at=at)
    with speaking_for_all():
        if has_risen:
            because = in_words(rules[level], [name for name in NEEDED if getattr(rules[level], name)], facts)
        else:
            because = in_words(rules[level + 1], [most for most, name in AGAINST.items() if name in why], facts)
    verb = Verb.TRUST_ROSE if has_risen else Verb.TRUST_FELL
    decided(verb, by=None, at=at, because=because, member=member, before=str(member.trust), after=str(level))
    return given(change, member)


def given(change: TrustChange, member: Member) -> TrustChange:
    """The caller holds the lock of the member."""
    change.save()
    member.trust = change.after
    member.save(update_fields=["trust"])
    publish(TrustChanged(change_id=change.pk, member_id=member.pk))
    return change


@transaction.atomic
def set_trust(*, by: Member, member: Member, trust: int, because: str, is_held: bool = False) -> TrustChange:
    """Give a level by hand; the member reads why. `is_held`: rules do not change it until it is released."""
    member = locked(member.pk)
    require(may_set_trust(as_now(by), member))
    if trust not in Trust.values:
        raise Invalid("trust", _("Choose a level."))
    because, at, standing = reason(because), clock.now(), TrustChange.objects.holding().filter(member=member)
    if trust == member.trust and standing.exists() == is_held:
        raise Invalid("trust", _("It is so already. Choose another level, or change whether it is held."))
    if trust == member.trust and not is_held:
        raise Invalid("trust", _("It is held at this level. Release it instead."))
    standing.update(released_at=at, released_because=because)
    change = TrustChange(
        member=member, before=member.trust, after=trust, at=at, by=by, because=because, is_held=is_held
    )
    after = f"{trust}{KEYS_APART}{HELD}" if is_held else str(trust)
    decided(Verb.SET_TRUST, by=by, at=at, because=because, member=member, before=str(member.trust), after=after)
    return given(change, member)


@transaction.atomic
def release_trust(*, by: Member, member: Member, because: str) -> TrustChange | None:
    """Rules decide again, from now on; the change that follows at once, if any. Raises OutOfStep when nothing holds."""
    member = locked(member.pk)
    require(may_set_trust(as_now(by), member))
    because, at = reason(because), clock.now()
    hold = TrustChange.objects.holding().filter(member=member).first()
    if hold is None:
        raise OutOfStep(_("Nobody holds it any more."))
    hold.released_at, hold.released_because = at, because
    hold.save(update_fields=["released_at", "released_because"])
    decided(Verb.RELEASED_TRUST, by=by, at=at, because=because, member=member)
    publish(TrustChanged(change_id=hold.pk, member_id=member.pk))
    return settle_trust(member.pk)
