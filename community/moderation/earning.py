"""Which level of trust somebody has earned, and what would become of all with other rules."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from community.people.models import TEAM, Member, Trust
from community.threads.models import Audience, Post, ReadMark

from .models import AGAINST, NEEDED, Flag, Outcome, Sanction, TrustChange, TrustRule

# What stands against somebody is forgotten after half a year.
REMEMBERED = timedelta(days=180)
MOST_SHOWN = 30

type Facts = Mapping[str, int]


def members_by_rule() -> QuerySet[Member]:
    """The team has its role, and what is held stays as it is; everybody else has what they earn."""
    held = TrustChange.objects.holding().filter(member=OuterRef("pk"))
    return Member.objects.active().exclude(role__in=TEAM).exclude(Exists(held))


def facts_of(members: QuerySet[Member], at: datetime) -> dict[int, Facts]:
    """What the rules ask about, in one query for each; whatever is not there is nought."""
    since = at - REMEMBERED
    said = Post.objects.filter(thread__audience=Audience.EVERYONE, number__isnull=False)
    kinds = {
        "threads_read": counted(ReadMark.objects.all(), "member", members),
        "posts": counted(said.filter(deleted_at=None, hidden_at=None), "author", members),
        "flags_upheld": counted(Flag.objects.filter(outcome=Outcome.UPHELD), "flagger", members),
        "hidden": counted(said.filter(hidden_at__gte=since), "author", members),
        # Who has been proved right loses nothing: what was taken back does not count.
        "sanctions": counted(
            Sanction.objects.filter(Q(at__gte=since) | Q(ended_at=None) & ~Q(kind="warning"), ended_by=None),
            "member",
            members,
        ),
    }
    return {
        pk: Counter(
            days=(at - joined_at).days,
            helped=helped,
            **{name: found.get(pk, 0) for name, found in kinds.items()},
        )
        for pk, joined_at, helped in members.values_list("pk", "joined_at", "helped_count")
    }


def counted(rows: QuerySet, whose: str, members: QuerySet[Member]) -> dict[int, int]:
    """Of nobody else than these, so that one member is looked up as fast as all are."""
    found = rows.filter(**{f"{whose}__in": members.order_by().values("pk")}).order_by()
    return dict(found.values_list(whose).annotate(n=Count("pk")))


def level_by(rules: Mapping[int, TrustRule], facts: Facts, now: int) -> int:
    """What was reached stays, whatever the rules ask by now, until too much stands against it."""
    earned = kept = Trust.NEW.value
    is_earned = True
    for level, rule in rules.items():
        if against(rule, facts):
            break
        kept = level
        is_earned = is_earned and all(facts[name] >= getattr(rule, name) for name in NEEDED)
        earned = level if is_earned else earned
    return max(earned, min(kept, now))


def against(rule: TrustRule, facts: Facts) -> list[str]:
    """By which names too much stands against somebody."""
    return [
        name for most, name in AGAINST.items() if (limit := getattr(rule, most)) is not None and facts[name] > limit
    ]


def in_words(rule: TrustRule, names: Iterable[str], facts: Facts) -> str:
    """What somebody has of what a rule asks: “posts that stand: 4; people helped: 6”."""
    labels = {name: rule._meta.get_field(name).verbose_name for name in names}
    return "; ".join(f"{label}: {facts[AGAINST.get(name, name)]}" for name, label in labels.items())


@dataclass
class Settling:
    """What would change: at most MOST_SHOWN of each, and how many there are."""

    looked_at: int = 0
    rising: list[tuple[Member, Trust]] = field(default_factory=list)
    falling: list[tuple[Member, Trust]] = field(default_factory=list)
    rise_count: int = 0
    fall_count: int = 0

    @property
    def groups(self) -> list[list[tuple[Member, Trust]]]:
        return [group for group in (self.rising, self.falling) if group]


def try_rules(rules: Mapping[int, TrustRule], at: datetime) -> Settling:
    members = members_by_rule()
    facts, settling = facts_of(members, at), Settling()
    for member in members.order_by("handle").iterator():
        settling.looked_at += 1
        level = level_by(rules, facts[member.pk], member.trust)
        if level > member.trust:
            settling.rise_count += 1
            settling.rising.append((member, Trust(level)))
        elif level < member.trust:
            settling.fall_count += 1
            settling.falling.append((member, Trust(level)))
    del settling.rising[MOST_SHOWN:], settling.falling[MOST_SHOWN:]
    return settling


def to_settle(rules: Mapping[int, TrustRule], at: datetime) -> list[int]:
    """Whose trust is no longer what the rules say."""
    members = members_by_rule()
    facts = facts_of(members, at)
    levels = members.order_by("pk").values_list("pk", "trust")
    return [pk for pk, now in levels if pk in facts and level_by(rules, facts[pk], now) != now]
