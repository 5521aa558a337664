"""Finds what drifted apart between threads and tickets, and mends it."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import transaction
from django.db.models import F

from community import clock
from community.policy import Invalid
from community.threads.models import Post
from community.tickets import doors
from community.tickets.models import Copy, TicketLink

from .bringing import check_ticket
from .mirroring import mirror, mirror_edit

logger = logging.getLogger(__name__)

# A task that has not run by then was lost.
LOST_AFTER = timedelta(minutes=10)
# As many tickets are looked at in one turn of polling.
AT_ONCE = 60


@dataclass
class Mended:
    """`owing`: links that have something to send; `silent`: systems that do not answer."""

    brought: int = 0
    owing: list[int] = field(default_factory=list)
    silent: set[str] = field(default_factory=set)


def mend() -> Mended:
    """Compare every tied ticket with its thread. Running it twice changes nothing the second time."""
    mended = Mended()
    for link in TicketLink.objects.alive().longest_unlooked_first():
        with transaction.atomic():
            for post in list(never_copied(link)):
                mirror(post)
            for post in list(edited_since(link)):
                mirror_edit(post)
        lost = clock.now() - LOST_AFTER
        is_late = link.retry_at is None or link.retry_at < lost
        if (is_late and link.copies.left_behind(lost).exists()) or wants_closing(link) or not link.number:
            mended.owing.append(link.pk)
    for link in TicketLink.objects.with_memory().longest_unlooked_first():
        look_at(link, mended)
    owing = Copy.objects.waiting().filter(link__unlinked_at=None, link__gone_at=None, link__retry_at=None)
    mended.owing = sorted({*mended.owing, *owing.values_list("link", flat=True)})
    if mended.brought or mended.silent:
        logger.info("tickets mended: %s brought back, silent: %s", mended.brought, sorted(mended.silent))
    return mended


def poll() -> Mended:
    """Look at those looked at longest ago: for systems that do not call us."""
    mended = Mended()
    for link in TicketLink.objects.with_memory().longest_unlooked_first()[:AT_ONCE]:
        look_at(link, mended, from_the_start=False)
    return mended


def look_at(link: TicketLink, mended: Mended, *, from_the_start: bool = True) -> None:
    if link.system in mended.silent:
        return
    try:
        mended.brought += check_ticket(link, from_the_start=from_the_start)
    except (doors.TicketTrouble, Invalid) as trouble:
        if isinstance(trouble, doors.Unavailable):
            # Waiting for each of its tickets in turn would keep us from those of other systems.
            mended.silent.add(link.system)
        logger.warning("ticket %s of %s could not be looked at: %s", link.number, link.system, trouble)


def wants_closing(link: TicketLink) -> bool:
    return link.close_asked_at is not None and not link.is_solved


def never_copied(link: TicketLink) -> Iterable[Post]:
    """Replies since the ticket was tied that nobody noted down for it."""
    since = Post.objects.standing().replies().filter(thread=link.thread_id, created_at__gte=link.linked_at)
    return since.exclude(pk__in=link.copies.exclude(post=None).values("post")).order_by(F("number"))


def edited_since(link: TicketLink) -> Iterable[Post]:
    """Posts that stand in the ticket and were edited after it was tied, whether or not that was noted down."""
    return Post.objects.standing().filter(pk__in=link.copies.over_there().values("post"), edited_at__gte=link.linked_at)
