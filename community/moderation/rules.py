"""Which approval rules an offer meets. Pure, so that the same asks about last month's posts."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from .models import ApprovalRule, HeldBecause
from .spoken import language_of
from .words import hosts_in

type Reason = tuple[str, str]


@dataclass(frozen=True)
class Said:
    """What the rules look at."""

    text: str
    trust: int
    is_edit: bool = False
    # What stood there before an edit.
    before: str = ""


def reasons_by(rules: Iterable[ApprovalRule], said: Said, posts_before: Callable[[], int]) -> list[Reason]:
    """Why it is held, each key once. `posts_before` is asked only where a rule wants to know."""
    found: dict[str, str] = {}
    for rule in rules:
        for key, more in reasons_of(rule, said, posts_before):
            found.setdefault(key, more)
    return list(found.items())


def reasons_of(rule: ApprovalRule, said: Said, posts_before: Callable[[], int]) -> list[Reason]:
    reasons: list[Reason] = []
    links = links_of(said)
    if rule.everything and not said.is_edit:
        reasons.append((HeldBecause.EVERYTHING, ""))
    if said.trust < rule.below_trust and not said.is_edit:
        reasons.append((HeldBecause.TRUST, ""))
    if rule.most_links is not None and links > rule.most_links and not said.is_edit:
        reasons.append((HeldBecause.LINKS, str(links)))
    if rule.links_in_edits and said.is_edit and said.trust == 0 and hosts_in(said.text) - hosts_in(said.before):
        reasons.append((HeldBecause.LINKS_ADDED, ", ".join(sorted(hosts_in(said.text) - hosts_in(said.before)))[:200]))
    if rule.languages and (language := language_of(said.text)) and language not in rule.languages.split():
        reasons.append((HeldBecause.LANGUAGE, language))
    if rule.first_posts and not said.is_edit and posts_before() < rule.first_posts:
        reasons.append((HeldBecause.FIRST_POSTS, ""))
    return reasons


def links_of(said: Said) -> int:
    return sum(said.text.count(scheme) for scheme in ("https://", "http://", "www."))
