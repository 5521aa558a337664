"""Whether an offer looks like advertising: our own signals, and what others' experience says where there is a key."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.conf import settings

from community import clock
from community.people.models import Trust
from community.threads.gate import Offer, What
from community.threads.models import Post

from . import akismet
from .alike import Company, company_of, print_of
from .models import HeldBecause, Wave, WaveState
from .rules import Reason
from .signals import A_WAVE, HOLD_ACCOUNT_AT, HOLD_AT, Facts, points_of
from .words import hosts_in

# So long nobody is asked again about what was no wave.
NO_WAVE_FOR = timedelta(days=1)


@dataclass
class Judgement:
    points: dict[str, int] = field(default_factory=dict)
    company: Company = field(default_factory=Company)

    @property
    def total(self) -> int:
        return sum(self.points.values())

    @property
    def is_wave(self) -> bool:
        return len(self.company.members) + 1 >= A_WAVE and self.total >= HOLD_AT

    @property
    def holds_account(self) -> bool:
        return self.total >= HOLD_ACCOUNT_AT

    @property
    def reasons(self) -> list[Reason]:
        if self.total < HOLD_AT:
            return []
        if self.is_wave:
            return [(HeldBecause.WAVE, self.company.signature)]
        if "trap" in self.points:
            return [(HeldBecause.TRAP, "")]
        return [(HeldBecause.SPAM, " ".join(self.points))]


NOTHING = Judgement()


def judged(offer: Offer) -> Judgement:
    """Asked of accounts that have no trust yet; of others only whether they filled in what people do not see."""
    if not settings.SPAM_SIGNALS or offer.what == What.TITLE:
        return NOTHING
    if offer.by.trust != Trust.NEW:
        return Judgement({"trap": HOLD_AT}) if offer.signs.trap.strip() else NOTHING
    at, text = clock.now(), f"{offer.title}\n{offer.body}"
    company = company_of(offer, print_of(text), at=at)
    if len(company.members) + 1 >= A_WAVE and was_no_wave(company.signature):
        company = Company()
    hosts = hosts_in(offer.body)
    facts = Facts(
        text=text,
        links=len(hosts),
        age=at - offer.by.joined_at,
        is_first=bool(hosts) and not Post.objects.filter(author=offer.by).exists(),
        has_profile_links=bool(offer.by.website or hosts_in(offer.by.bio)),
        trap=offer.signs.trap,
        seconds=offer.signs.seconds,
        with_same_link=len(company.by_link),
        with_same_text=len(company.by_text - company.by_link),
    )
    judgement = Judgement(points_of(facts), company)
    if judgement.total < HOLD_AT and akismet.says_spam(offer):
        judgement.points["akismet"] = HOLD_AT
    return judgement


def was_no_wave(signature: str) -> bool:
    """Somebody looked at the same a short while ago, and it was none."""
    since = clock.now() - NO_WAVE_FOR
    return Wave.objects.filter(signature=signature, state=WaveState.DISMISSED, decided_at__gte=since).exists()
