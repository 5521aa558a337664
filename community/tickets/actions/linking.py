from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from community import clock
from community.people.models import Member
from community.policy import Invalid, OutOfStep, require
from community.threads.actions.record import locked, record
from community.threads.events import WithSupport
from community.threads.models import EntryKind, Lane, Post, Thread
from community.tickets import doors
from community.tickets.events import TicketLinked, TicketUnlinked
from community.tickets.models import Copy, CopyState, Direction, TicketLink
from community.tickets.policies import may_link_ticket
from community.tickets.systems import door_to


def link_ticket(
    *, by: Member, thread: Thread, system: str, number: str, url: str = "", post: Post | None = None
) -> TicketLink:
    """Tie a thread, or one answer in it, to a ticket. Linking the same ticket again changes nothing.

    The asker reads "with support"; number and address stay with the team. Raises Invalid for a system we do not have,
    a number or an address that cannot be one, a ticket that is not there or in another queue, and for a post that is
    no answer of the thread.
    """
    require(may_link_ticket(by))
    door = door_to(system)
    number = door.clean_number(number)
    url = doors.clean_address(url) or door.address_of(number)
    # Before the lock: nobody may wait for an answer from elsewhere while others wait for us.
    ticket = found(door, number)
    with transaction.atomic():
        thread = locked(thread.pk)
        if post is not None and not Post.objects.standing().replies().filter(thread=thread, pk=post.pk).exists():
            raise Invalid("post", _("Choose an answer of this thread."))
        at = clock.now()
        link, is_new = TicketLink.objects.get_or_create(
            thread=thread,
            system=system,
            number=ticket.number,
            unlinked_at=None,
            defaults={
                "remote_id": ticket.id,
                "progress": ticket.progress,
                "post": post,
                "url": url or ticket.url,
                "linked_by": by,
                "linked_at": at,
            },
        )
        if is_new:
            say_linked(thread, by=by, at=at, post=post)
        return link


def found(door: doors.TicketSystem, number: str) -> doors.Ticket:
    try:
        return door.find(number)
    except doors.TicketGone:
        raise Invalid("number", _("There is no ticket with this number.")) from None
    except doors.Elsewhere as elsewhere:
        words = _("This ticket belongs to another queue: %(queue)s.") % {"queue": str(elsewhere)}
        raise Invalid("number", words) from None
    except doors.Unavailable:
        raise Invalid("number", _("The ticket system does not answer. Try again in a few minutes.")) from None
    except doors.TicketRefused as refused:
        words = _("The ticket system refused: %(reason)s") % {"reason": str(refused)[:200]}
        raise Invalid("number", words) from None


def say_linked(thread: Thread, *, by: Member, at: datetime, post: Post | None) -> None:
    if thread.with_support_at is None:
        thread.with_support_at = at
        record(WithSupport, thread, EntryKind.WITH_SUPPORT, by=by, at=at)
    record(TicketLinked, thread, EntryKind.TICKET_LINKED, by=by, at=at, post=post, lane=Lane.TEAM)


@transaction.atomic
def make_ticket(
    *, by: Member, thread: Thread, system: str, subject: str, text: str, post: Post | None = None
) -> TicketLink:
    """Ask for a new ticket about a thread or one post of it. It is made by a task, once, however often this is sent.

    Raises Invalid for a system we do not have, nothing said, and a post that is not of this thread.
    """
    require(may_link_ticket(by))
    door_to(system)
    subject, text = " ".join(subject.split()), text.strip()
    if not subject:
        raise Invalid("subject", _("Say in one line what it is about."))
    if not text:
        raise Invalid("text", _("Write something first."))
    thread = locked(thread.pk)
    posts = Post.objects.standing().filter(thread=thread).exclude(number=None)
    chosen = posts.filter(pk=post.pk).first() if post else posts.order_by("number").first()
    if chosen is None:
        raise Invalid("post", _("Choose a post of this thread."))
    at = clock.now()
    link, is_new = TicketLink.objects.get_or_create(
        thread=thread,
        system=system,
        number="",
        unlinked_at=None,
        defaults={"post": None if chosen.is_first else chosen, "linked_by": by, "linked_at": at},
    )
    if is_new:
        Copy.objects.create(
            link=link,
            post=chosen,
            direction=Direction.OUT,
            opens=True,
            subject=subject[:200],
            text=text,
            created_at=at,
        )
        say_linked(thread, by=by, at=at, post=link.post)
    elif not link.copies.filter(opens=True, post=chosen).exists():
        raise Invalid("subject", _("Another ticket is being made for this thread. Wait until it has its number."))
    return link


@transaction.atomic
def unlink_ticket(*, by: Member, link: TicketLink) -> TicketLink:
    """Untie; the log keeps that it was tied. What has not been sent yet stays here."""
    require(may_link_ticket(by))
    thread = locked(link.thread_id)
    link = TicketLink.objects.get(pk=link.pk)
    if link.unlinked_at:
        raise OutOfStep(_("This ticket is no longer linked."))
    at = clock.now()
    link.unlinked_at, link.unlinked_by = at, by
    link.save(update_fields=["unlinked_at", "unlinked_by"])
    link.copies.waiting().update(state=CopyState.DROPPED)
    if not thread.ticket_links.standing().exists():
        thread.with_support_at = None
    record(TicketUnlinked, thread, EntryKind.TICKET_UNLINKED, by=by, at=at, post=link.post, lane=Lane.TEAM)
    return link


@transaction.atomic
def close_ticket(*, by: Member, link: TicketLink) -> TicketLink:
    """Ask the ticket system to close it, once everything before has been copied. The thread stays as it is."""
    require(may_link_ticket(by))
    locked(link.thread_id)
    link = TicketLink.objects.get(pk=link.pk)
    if link.unlinked_at or link.gone_at:
        raise OutOfStep(_("This ticket is no longer linked."))
    if link.is_solved:
        raise OutOfStep(_("This ticket is closed already."))
    if link.close_asked_at is None:
        link.close_asked_at = clock.now()
        link.save(update_fields=["close_asked_at"])
    return link
