"""What makes a text look like advertising: small facts with points. Pure, so that each can be tried by itself."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from .words import Matcher

HOLD_AT = 5
# Then a moderator looks at the account too, and until then all it writes waits.
HOLD_ACCOUNT_AT = 9
YOUNG = timedelta(days=1)
MANY_LINKS = 3
# From two others on it is no chance.
A_WAVE = 3
# In how many seconds nobody types so many letters.
QUICK_SECONDS, QUICK_LETTERS = 4.0, 40
BAD_WORDS = (
    "casino*", "viagra", "cialis", "payday loan*", "crypto invest*", "forex signal*", "seo service*", "backlink*",
    "replica watch*", "escort*", "work from home", "make money fast", "buy followers", "gold price dubai",
    "packers and movers", "customer care number", "loan without documents", "essay writing service*",
)  # fmt: skip
# As moderators read them.
SIGNALS = {
    "trap": _("filled in what people do not see"),
    "same_link": _("others sent the same link"),
    "same_text": _("others sent the same text"),
    "young": _("the account is younger than a day"),
    "first_with_link": _("a first post with a link"),
    "many_links": _("many links"),
    "profile_links": _("links in the profile too"),
    "quick": _("typed faster than anybody types"),
    "bad_words": _("words of advertising"),
    "akismet": _("Akismet knows it"),
}
_bad = Matcher(enumerate(BAD_WORDS))


@dataclass(frozen=True)
class Facts:
    """About a text and its writer."""

    text: str
    links: int
    age: timedelta
    is_first: bool
    has_profile_links: bool
    trap: str = ""
    seconds: float | None = None
    # How many others have sent a like text with the same link, or without one.
    with_same_link: int = 0
    with_same_text: int = 0


def points_of(facts: Facts) -> dict[str, int]:
    """By name, what counts against it and how much."""
    counted = {
        "trap": HOLD_AT if facts.trap.strip() else 0,
        "same_link": by_company(facts.with_same_link, one=2, several=HOLD_AT),
        # During an outage several people paste the same message; alone it holds nobody back.
        "same_text": by_company(facts.with_same_text, one=0, several=3 if facts.with_same_text < 5 else 4),
        "young": 1 if facts.age < YOUNG else 0,
        "first_with_link": 2 if facts.is_first and facts.links else 0,
        "many_links": 1 if facts.links >= MANY_LINKS else 0,
        "profile_links": 1 if facts.has_profile_links and facts.links else 0,
        "quick": 2 if is_quick(facts) else 0,
        "bad_words": min(4, 2 * len({hit.pattern_id for hit in _bad.hits(facts.text)})),
    }
    return {name: points for name, points in counted.items() if points}


def by_company(others: int, *, one: int, several: int) -> int:
    if others + 1 >= A_WAVE:
        return several
    return one if others else 0


def is_quick(facts: Facts) -> bool:
    return facts.seconds is not None and facts.seconds < QUICK_SECONDS and len(facts.text) > QUICK_LETTERS
