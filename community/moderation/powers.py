"""What a member may do by the trust they have, and how far the next level is."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from community.people.models import Member, Trust
from community.threads.policies import MAY_TAG, MAY_TITLE

from .earning import facts_of
from .models import AGAINST, NEEDED, ApprovalRule, Limits, TrustChange, TrustRule, default_limits, trust_rules

POWERS = {
    MAY_TAG: _("change the tags of what others asked"),
    MAY_TITLE: _("give what others asked a truer title"),
}


@dataclass(frozen=True)
class Asked:
    """One thing that the next level asks for, or that may stand against a member at most."""

    words: Any
    has: int
    needs: int
    is_met: bool


@dataclass(frozen=True)
class Powers:
    level: Trust
    limits: Limits
    has: list[Any]
    # Of a rule for all, the number of first posts that are read before they are published; `is_read_first`: all are.
    first_posts: int
    is_read_first: bool
    next_level: Trust | None
    wins: list[Any]
    next_limits: Limits | None
    asks: list[Asked]
    against: list[Asked]
    hold: TrustChange | None


def powers_of(member: Member, at: datetime) -> Powers:
    level, rules = Trust(member.trust), trust_rules()
    above = Trust(level + 1) if level < max(Trust) else None
    facts = facts_of(Member.objects.filter(pk=member.pk), at)[member.pk]
    limits = Limits.objects.in_bulk(field_name="trust")
    rule = ApprovalRule.objects.filter(is_site_wide=True, is_on=True).first()
    return Powers(
        level=level,
        limits=limits.get(level) or default_limits(level),
        has=[words for trust, words in POWERS.items() if trust <= level],
        first_posts=rule.first_posts if rule else 0,
        is_read_first=bool(rule and (rule.everything or level < rule.below_trust)),
        next_level=above,
        wins=[words for trust, words in POWERS.items() if trust == above],
        next_limits=(limits.get(above) or default_limits(above)) if above is not None else None,
        asks=needed(rules[above], facts) if above is not None else [],
        against=stands_against(rules[above if above is not None else level], facts),
        hold=TrustChange.objects.holding().filter(member=member).first(),
    )


def needed(rule: TrustRule, facts: Any) -> list[Asked]:
    return [
        Asked(label_of(rule, name), facts[name], needs, facts[name] >= needs)
        for name in NEEDED
        if (needs := getattr(rule, name))
    ]


def stands_against(rule: TrustRule, facts: Any) -> list[Asked]:
    return [
        Asked(label_of(rule, most), facts[name], limit, facts[name] <= limit)
        for most, name in AGAINST.items()
        if (limit := getattr(rule, most)) is not None
    ]


def label_of(rule: TrustRule, name: str) -> Any:
    return rule._meta.get_field(name).verbose_name
