"""What moderation does with an offer at the gate (community/threads/gate.py): lets it pass, masks, refuses or holds."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from community import clock, prepared
from community.people.models import Member
from community.policy import Invalid
from community.threads.gate import HeldBack, Offer, What
from community.threads.models import Post

from .actions import holding
from .actions.waves import hold_account, join_wave
from .models import Held, HeldAccount, HeldBecause, Limits, WatchedAct
from .newcomers import HOUR, filled_since, look_at_contents, look_at_rate
from .rules import Reason, Said, reasons_by
from .spam import Judgement, judged
from .watch import Watch, Word, as_of, current, mark_now, remembered
from .words import Hit, masked

# How long somebody who was warned may think about it and send the same words again.
WARNED_SECONDS = 3600


def look_at(offer: Offer) -> Offer:
    """The offer as it may be said. Raises Invalid, or HeldBack once it is written down."""
    known = look_up(offer, limits_for(offer, remembered()))
    if known.was_sent:
        # This very form was taken already; the action answers with what came of it.
        return offer
    watch = as_of(known.mark)
    limits = limits_for(offer, watch)
    if limits.posts_an_hour != known.posts_an_hour:
        known = look_up(offer, limits)
    look_at_rate(offer, limits, known.filled_since)
    look_at_contents(offer, limits)
    found = words_in(watch, offer.space_id, offer.title, offer.body)
    refuse(found)
    warn(offer, found)
    offer = with_masks(watch, offer)
    reasons: list[Reason] = [(HeldBecause.WORD, word.pattern) for word in found if word.act == WatchedAct.HOLD][:5]
    reasons += reasons_by(watch.rules_for(offer.space_id), said(offer), lambda: posts_of(offer))
    judgement = judged(offer)
    reasons += judgement.reasons
    if known.is_held:
        reasons.append((HeldBecause.ACCOUNT, ""))
    if not reasons:
        return offer
    held = hold_back(offer, reasons, judgement)
    raise HeldBack(url=held.get_absolute_url(), token=offer.token, thread_id=offer.thread.pk if offer.thread else None)


class Known(NamedTuple):
    mark: str | None
    was_sent: bool
    is_held: bool
    # The post that has to be an hour old before the next, if as many as may be were made meanwhile.
    filled_since: datetime | None
    # By which limit that was asked: another process may have changed it.
    posts_an_hour: int | None


def limits_for(offer: Offer, watch: Watch) -> Limits:
    return watch.limits[offer.by.trust] if settings.NEWCOMER_LIMITS else Limits(trust=offer.by.trust)


def look_up(offer: Offer, limits: Limits) -> Known:
    """All that has to be asked about every offer, in one query."""
    token = prepared.Word(offer.token) if offer.token else ""
    # How many decides how it is asked, as a plain word does.
    most = str(limits.posts_an_hour or 0)
    [known] = prepared.rows(what_is_known, offer.by.pk, token, clock.now() - HOUR, most)
    return Known(*known, limits.posts_an_hour)


def what_is_known(member_id: int, token: str, hour_ago: datetime, most: str) -> QuerySet:
    sent = Post.objects.made_by(OuterRef("pk"), token) if token else Post.objects.none()
    accounts = HeldAccount.objects.filter(member=OuterRef("pk"), freed_at=None)
    since = Subquery(filled_since(int(most), hour_ago))
    return Member.objects.filter(pk=member_id).values_list(Subquery(mark_now()), Exists(sent), Exists(accounts), since)


def hold_back(offer: Offer, reasons: list[Reason], judgement: Judgement) -> Held:
    """Written down as one thing: the text, the wave it belongs to, and that somebody looks at the account."""
    with transaction.atomic():
        held = holding.hold_back(offer, reasons)
        if judgement.is_wave:
            # Whoever decides about the wave decides about its accounts.
            join_wave(held, judgement.company, at=held.at)
        elif judgement.holds_account:
            hold_account(offer.by, list(judgement.points), at=held.at)
    return held


def look_at_profile(member: Member, said: Mapping[str, str]) -> None:
    """A profile cannot wait for anybody: what would be held or masked elsewhere is refused here."""
    watch = current()
    for field, text in said.items():
        for hit in watch.matcher.hits(text):
            word = watch.words[hit.pattern_id]
            if not word.space_ids and word.act != WatchedAct.WARN:
                raise Invalid(field, in_words(word, _("“%(word)s” is not taken here. Write it in another way.")))


def said(offer: Offer) -> Said:
    is_edit = offer.what in (What.EDIT, What.TITLE)
    before = offer.post.body if offer.post else offer.thread.title if offer.what == What.TITLE and offer.thread else ""
    return Said(f"{offer.title}\n{offer.body}", offer.by.trust, is_edit=is_edit, before=before)


def posts_of(offer: Offer) -> int:
    """What the member has said so far that still stands."""
    return Post.objects.filter(author=offer.by, deleted_at=None, hidden_at=None).count()


def words_in(watch: Watch, space_id: int, *texts: str) -> list[Word]:
    """The watched words that these texts have, each once."""
    hit = {each.pattern_id: None for text in texts for each in watch.matcher.hits(text)}
    return [word for pk in hit if (word := watch.words[pk]).counts_in(space_id)]


def refuse(found: Iterable[Word]) -> None:
    for word in found:
        if word.act == WatchedAct.REFUSE:
            raise Invalid("body", in_words(word, _("“%(word)s” is not taken here. Write it in another way.")))


def warn(offer: Offer, found: Iterable[Word]) -> None:
    """Once for the same words: sent again, they go out."""
    for word in found:
        if word.act == WatchedAct.WARN:
            digest = hashlib.sha256(f"{offer.title}\n{offer.body}".encode()).hexdigest()
            if cache.add(f"warned:{offer.by.pk}:{word.pk}:{digest}", 1, WARNED_SECONDS):
                words = _("You wrote “%(word)s”. Look at it once more; sent again, it goes out as it is.")
                raise Invalid("body", in_words(word, words))


def in_words(word: Word, words: object) -> str:
    told = str(words) % {"word": word.pattern}
    return f"{told} {word.note}".strip()


def with_masks(watch: Watch, offer: Offer) -> Offer:
    """What is watched and only made unreadable."""

    def hits(text: str) -> list[Hit]:
        return [hit for hit in watch.matcher.hits(text) if masks(watch.words[hit.pattern_id], offer.space_id)]

    in_title, in_body = hits(offer.title), hits(offer.body)
    if not (in_title or in_body):
        return offer
    return offer.saying(title=masked(offer.title, in_title), body=masked(offer.body, in_body))


def masks(word: Word, space_id: int) -> bool:
    return word.act == WatchedAct.MASK and word.counts_in(space_id)
