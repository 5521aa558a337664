"""How much a flag counts, and what flags do by themselves: when several agree, a post is out of sight until somebody
has looked.

A flag weighs (upheld + 1) / (upheld + declined + 2) by what became of its flagger's earlier flags: a half for whoever
has none, never more than 0.9, never less than 0.1. Accounts younger than a day count a fifth of that, flags on
somebody who has an open flag on the flagger a quarter. The team's flags weigh 1. Of the people of one organisation only
the heaviest counts. Flags of at least two hide a post when they weigh `FLAGS_HIDE_AT` together.
"""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from community.events import publish
from community.languages import speaking_for_all
from community.moderation.events import HiddenByFlags
from community.moderation.models import Case, Flag, Verb
from community.organisations.models import Seat
from community.people.models import Member
from community.threads.actions.judging import voices_on
from community.threads.models import Audience, Post

from .decisions import decided
from .posts import hide, hold_on_to, show
from .threads import hide_locked, show_locked

LEAST, MOST, TEAM = 0.1, 0.9, 1.0
YOUNG, OF_THE_YOUNG = timedelta(days=1), 0.2
OF_THOSE_AT_ODDS = 0.25


def weight_of(flag: Any, at: datetime) -> float:
    """`flag` is a Flag of `with_records()`."""
    if flag.flagger.is_team:
        return TEAM
    upheld, declined = flag.upheld_before, flag.declined_before
    weight = min(MOST, max(LEAST, (upheld + 1) / (upheld + declined + 2)))
    if flag.flagger.joined_at > at - YOUNG:
        weight *= OF_THE_YOUNG
    return weight * OF_THOSE_AT_ODDS if flag.is_in_dispute else weight


def weighed(case: Case, at: datetime) -> list[float]:
    """The weights of those that are independent of each other."""
    flags = list(Flag.objects.waiting().filter(case=case).with_records())
    seats = Seat.objects.filter(member__in=[flag.flagger_id for flag in flags], ended_at=None)
    homes = dict(seats.order_by("-organisation").values_list("member", "organisation"))
    heaviest: dict[tuple[str, int], float] = {}
    for flag in flags:
        home = homes.get(flag.flagger_id)
        key = ("organisation", home) if home else ("member", flag.flagger_id)
        heaviest[key] = max(heaviest.get(key, 0.0), weight_of(flag, at))
    return list(heaviest.values())


def hide_if_flags_agree(case: Case, post: Post, *, at: datetime) -> None:
    """The caller holds the lock of the thread. Never what the team wrote or support stands behind."""
    if case.hid_at or post.is_removed or post.thread.is_hidden or post.author.is_team:
        return
    if post.accepted_by_support_at or post.is_official or post.thread.audience != Audience.EVERYONE:
        return
    weights = weighed(case, at)
    if len(weights) < 2 or sum(weights) < settings.FLAGS_HIDE_AT:
        return
    hide_for_now(case, post, at=at)
    decided(Verb.FLAGS_HID, by=None, at=at, thread=post.thread, post=post, member=post.author)
    publish(HiddenByFlags(post_id=post.pk, author_id=post.author_id))


def hide_for_now(case: Case, post: Post, *, at: datetime) -> None:
    because = words_for_now()
    case.before = {"voices": voices_on(post)}
    if post.is_first:
        hide_locked(post.thread, by=None, at=at, because=because)
    else:
        hide(post, by=None, at=at, because=because)
    case.hid_at = at
    case.save(update_fields=["hid_at", "before"])


def words_for_now() -> str:
    with speaking_for_all():
        return _("Several people have flagged this. It stays hidden until a moderator has looked at it.")


def hidden_as_before(case: Case, post: Post, *, by: Member, at: datetime) -> None:
    """A decision is undone: what flags had hidden is out of sight again until a moderator has looked."""
    if is_hidden_for_now(case, post):
        hold_on_to(post, by=by, at=at, because=words_for_now(), for_now=True)
    elif case.hid_at and not post.is_removed and not post.thread.is_hidden:
        hide_for_now(case, post, at=at)


def is_hidden_for_now(case: Case | None, post: Post) -> bool:
    hidden_at = post.thread.hidden_at if post.is_first else post.hidden_at
    return bool(case and case.hid_at and hidden_at == case.hid_at)


def settle_hidden(case: Case | None, post: Post, *, by: Member, at: datetime, because: str, is_upheld: bool) -> None:
    """What flags have hidden stays so with the moderator's reason, or is shown again."""
    if not is_hidden_for_now(case, post):
        return
    if not is_upheld:
        if post.is_first:
            show_locked(post.thread, by=by, at=at)
        else:
            show(post, by=by, at=at, voices=case.before.get("voices", ()) if case else ())
    else:
        hold_on_to(post, by=by, at=at, because=because)
