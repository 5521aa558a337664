"""What a post may have and how often somebody may post, by level of trust; said so that it can be mended at once."""

import re
from collections import Counter
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import OuterRef, QuerySet
from django.utils.formats import date_format
from django.utils.translation import ngettext_lazy

from community.people.models import Member
from community.policy import Invalid
from community.prose import mentioned_handles, render
from community.threads.gate import Offer, What
from community.threads.models import Audience, Post

from .models import Limits

HOUR = timedelta(hours=1)
LINK = re.compile(r'<a [^>]*?href="([^"]*)"')
FILES = "/attachments/"

TOO_MANY = {
    "links": ngettext_lazy(
        "You can put %(most)d link into a post for now; this has %(count)d. Take some out.",
        "You can put %(most)d links into a post for now; this has %(count)d. Take some out.",
        "most",
    ),
    "pictures": ngettext_lazy(
        "You can put %(most)d picture into a post for now; this has %(count)d. Take some out.",
        "You can put %(most)d pictures into a post for now; this has %(count)d. Take some out.",
        "most",
    ),
    "files": ngettext_lazy(
        "You can put %(most)d file into a post for now; this has %(count)d. Take some out.",
        "You can put %(most)d files into a post for now; this has %(count)d. Take some out.",
        "most",
    ),
    "mentions": ngettext_lazy(
        "You can mention %(most)d person in a post for now; this has %(count)d. Take some out.",
        "You can mention %(most)d people in a post for now; this has %(count)d. Take some out.",
        "most",
    ),
}


def contents_of(body: str) -> Counter[str]:
    """How many there are of each, as readers see it: what stands in code is no link."""
    html = render(body)
    hrefs = LINK.findall(html)
    return Counter(
        links=sum(href.startswith(("http://", "https://")) for href in hrefs),
        files=sum(href.startswith(FILES) for href in hrefs),
        pictures=html.count("<img "),
        mentions=len(mentioned_handles(body)),
    )


def look_at_contents(offer: Offer, limits: Limits) -> None:
    """Raises Invalid with what to take out. An edit that adds none of what is limited passes, however much there is."""
    if offer.what == What.TITLE or all(getattr(limits, name) is None for name in TOO_MANY):
        return
    has = contents_of(offer.body)
    for name, words in TOO_MANY.items():
        most = getattr(limits, name)
        if most is None or has[name] <= most:
            continue
        if offer.what == What.EDIT and offer.post and has[name] <= contents_of(offer.post.body)[name]:
            continue
        raise Invalid("body", words % {"most": most, "count": has[name]})


def filled_since(most: int, hour_ago: datetime) -> QuerySet:
    """For a query about a member: the time of the post that must be an hour old before the next; none if he may.

    `most`: so many may be made in an hour, 0 for any number.
    """
    if not most:
        return Post.objects.none().values("created_at")
    said = Post.objects.filter(
        author=OuterRef("pk"), created_at__gt=hour_ago, thread__audience=Audience.EVERYONE
    ).order_by("-created_at")
    return said.values("created_at")[most - 1 : most]


def look_at_rate(offer: Offer, limits: Limits, since: datetime | None) -> None:
    if since is None or offer.what not in (What.QUESTION, What.REPLY):
        return
    words = ngettext_lazy(
        "You can post %(most)d time in an hour for now. You can post again at %(time)s.",
        "You can post %(most)d times in an hour for now. You can post again at %(time)s.",
        "most",
    )
    raise Invalid("body", words % {"most": limits.posts_an_hour, "time": by_the_clock_of(offer.by, since + HOUR)})


def by_the_clock_of(member: Member, at: datetime) -> str:
    """The full minute by which it has come."""
    zone = ZoneInfo(member.time_zone or settings.TIME_ZONE)
    full = at.replace(second=0, microsecond=0)
    return date_format((full if full == at else full + timedelta(minutes=1)).astimezone(zone), "H:i")
