"""What several accounts have sent within minutes, and how like it is to one more text."""

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import F, IntegerField, Value

from community.people.models import Trust
from community.threads.gate import Offer
from community.threads.models import Audience, Post

from .models import Held
from .words import fold, host_key, hosts_in

WINDOW = timedelta(minutes=10)
# Of the latest; more would only say the same again.
MOST = 300
# Shorter texts are alike by chance: "thank you, that helped".
FEWEST_WORDS = 8
IN_A_ROW = 3
# Of all runs of three words in both texts, so many are in both.
ALIKE = 0.5
# What comes later makes a text no other.
LONGEST = 4000
WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Print:
    """What stays the same when a text is sent again with a few letters changed."""

    runs: frozenset[str]
    hosts: frozenset[str]


@dataclass
class Company:
    """What others have sent that is like it: who, as posts and held, in which waves already."""

    by_link: set[int] = field(default_factory=set)
    by_text: set[int] = field(default_factory=set)
    post_ids: set[int] = field(default_factory=set)
    held_ids: set[int] = field(default_factory=set)
    wave_ids: set[int] = field(default_factory=set)
    signature: str = ""

    @property
    def members(self) -> set[int]:
        return self.by_link | self.by_text


def print_of(text: str) -> Print:
    text, of_the_house = text[:LONGEST], urlsplit(settings.SITE_URL).hostname
    words = [fold(word) for word in WORD.findall(text)]
    runs = frozenset(" ".join(words[at : at + IN_A_ROW]) for at in range(len(words) - IN_A_ROW + 1))
    hosts = frozenset(alike_host(host) for host in hosts_in(text) if host != of_the_house)
    return Print(runs if len(words) >= FEWEST_WORDS else frozenset(), hosts)


def alike_host(host: str) -> str:
    """“www2.casino-17.example” and “casino-18.example” are one: the last two names, without numbers."""
    named = re.sub(r"\d+", "", host_key(re.sub(r"\d+", "", host)))
    return ".".join(named.rstrip(".").split(".")[-2:])


def shared(one: Print, other: Print) -> str:
    """By what two texts are alike, "" if they are not: the link that both have, or a run of words."""
    if links := one.hosts & other.hosts:
        return f"link:{min(links)}"
    if not (one.runs and other.runs):
        return ""
    both = one.runs & other.runs
    return f"text:{min(both)}" if len(both) >= ALIKE * min(len(one.runs), len(other.runs)) else ""


def company_of(offer: Offer, own: Print, *, at: datetime) -> Company:
    """What accounts without trust have sent in these minutes that is like this offer; one query."""
    company = Company()
    if not (own.hosts or own.runs):
        return company
    since = at - WINDOW
    posts = Post.objects.filter(
        created_at__gte=since, author__trust=Trust.NEW, thread__audience=Audience.EVERYONE
    ).exclude(author=offer.by)
    nothing = Value(None, output_field=IntegerField())
    rows = posts.annotate(is_held=Value(0, IntegerField()), in_wave=nothing).values_list(
        "is_held", "pk", "author_id", "thread__title", "body", "in_wave"
    )
    held = Held.objects.filter(at__gte=since, by__trust=Trust.NEW).exclude(by=offer.by)
    held = held.annotate(is_held=Value(1, IntegerField()), in_wave=F("wave_id"))
    rows = rows.union(held.values_list("is_held", "pk", "by_id", "title", "body", "in_wave"), all=True)
    for is_held, pk, member_id, title, body, wave_id in rows[:MOST]:
        by = shared(own, print_of(f"{title}\n{body}"))
        if not by:
            continue
        (company.by_link if by.startswith("link:") else company.by_text).add(member_id)
        (company.held_ids if is_held else company.post_ids).add(pk)
        company.signature = min(filter(None, (company.signature, by)))
        if wave_id:
            company.wave_ids.add(wave_id)
    return company
