from django.db import transaction
from django.utils.translation import gettext_lazy as _

from community import clock
from community.people.models import Member
from community.policy import Invalid, OutOfStep, require
from community.threads.actions.record import locked, record
from community.threads.events import WithSupport
from community.threads.models import EntryKind, Lane, Post, Thread

from .doors import clean_address
from .doors import system as door_to
from .events import TicketLinked, TicketUnlinked
from .models import TicketLink
from .policies import may_link_ticket


@transaction.atomic
def link_ticket(
    *, by: Member, thread: Thread, system: str, number: str, url: str = "", post: Post | None = None
) -> TicketLink:
    """Tie a thread, or one answer in it, to a ticket. Linking the same ticket again changes nothing.

    The asker reads "with support"; number and address stay with the team. Raises Invalid for a system we do not have,
    a number or an address that cannot be one, and for a post that is no answer of the thread.
    """
    require(may_link_ticket(by))
    door = door_to(system)
    number = door.clean_number(number)
    url = clean_address(url) or door.address_of(number)
    thread = locked(thread.pk)
    if post is not None and not Post.objects.standing().replies().filter(thread=thread, pk=post.pk).exists():
        raise Invalid("post", _("Choose an answer of this thread."))
    at = clock.now()
    link, is_new = TicketLink.objects.get_or_create(
        thread=thread,
        system=system,
        number=number,
        unlinked_at=None,
        defaults={"post": post, "url": url, "linked_by": by, "linked_at": at},
    )
    if not is_new:
        return link
    if thread.with_support_at is None:
        thread.with_support_at = at
        record(WithSupport, thread, EntryKind.WITH_SUPPORT, by=by, at=at)
    record(TicketLinked, thread, EntryKind.TICKET_LINKED, by=by, at=at, post=post, lane=Lane.TEAM)
    return link


@transaction.atomic
def unlink_ticket(*, by: Member, link: TicketLink) -> TicketLink:
    """Untie; the log keeps that it was tied."""
    require(may_link_ticket(by))
    thread = locked(link.thread_id)
    link = TicketLink.objects.get(pk=link.pk)
    if link.unlinked_at:
        raise OutOfStep(_("This ticket is no longer linked."))
    at = clock.now()
    link.unlinked_at, link.unlinked_by = at, by
    link.save(update_fields=["unlinked_at", "unlinked_by"])
    if not thread.ticket_links.standing().exists():
        thread.with_support_at = None
    record(TicketUnlinked, thread, EntryKind.TICKET_UNLINKED, by=by, at=at, post=link.post, lane=Lane.TEAM)
    return link
