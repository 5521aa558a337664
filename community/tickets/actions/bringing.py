"""Brings back what happened to a ticket: public replies, how far it is, and that it is gone."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from community import clock
from community.policy import Invalid, NotAllowed
from community.threads.actions import post_reply
from community.threads.actions.judging import accept_for_support
from community.threads.actions.record import locked, record
from community.threads.models import EntryKind, Lane, Post, State, Thread
from community.threads.turns import OURS
from community.tickets import doors, writing
from community.tickets.events import TicketLost, TicketSolved
from community.tickets.models import Copy, CopyState, Direction, TicketLink
from community.tickets.systems import door_to, who_speaks

from .mirroring import token_of


def check_ticket(link: TicketLink, *, from_the_start: bool = False) -> int:
    """Look at the ticket as it is now and bring back what is new; returns how much was.

    Whatever told us to look, and how often or in which order, makes no difference. Raises Unavailable, TicketRefused.
    """
    door = door_to(link.system)
    try:
        ticket = door.look(link.remote_id)
        comments = door.comments_since(link.remote_id, "" if from_the_start else link.seen)
    except doors.TicketGone:
        note_gone(link)
        return 1
    # A ticket that was there before us keeps its past to itself. Most systems know no parts of a second.
    since = None if link.copies.filter(opens=True).exists() else link.linked_at.replace(microsecond=0)
    brought = sum(bring_back(link, comment) for comment in comments if since is None or comment.at >= since)
    if from_the_start:
        brought += note_missing(link, {comment.id for comment in comments})
    if comments:
        link.seen = comments[-1].id
    link.checked_at = clock.now()
    link.save(update_fields=["seen", "checked_at"])
    return brought + note_progress(link, ticket.progress)


def note_missing(link: TicketLink, there: set[str]) -> int:
    """What was brought here and is public there no more: the team reads so and decides whether it stays."""
    brought = Copy.objects.filter(link=link, direction=Direction.IN).exclude(post=None)
    missing = brought.filter(state=CopyState.DONE).exclude(remote_id__in=there)
    words = str(_("The answer was deleted in the ticket, or is internal there now. Here it still stands."))
    back = brought.filter(state=CopyState.REFUSED, remote_id__in=there)
    return missing.update(state=CopyState.REFUSED, trouble=words) + back.update(state=CopyState.DONE, trouble="")


def bring_back(link: TicketLink, comment: doors.Comment) -> bool:
    """A public reply of the ticket becomes an answer of support. False when it was brought before, or says nothing."""
    body = writing.as_post(comment)
    if not body:
        return False
    if writing.is_too_much(body):
        body = writing.as_plain_post(comment)
    with transaction.atomic():
        thread = locked(link.thread_id)
        copy, is_new = Copy.objects.get_or_create(
            link=link,
            remote_id=comment.id,
            direction=Direction.IN,
            defaults={"created_at": clock.now(), "state": CopyState.DONE, "done_at": clock.now()},
        )
        if is_new:
            copy.trouble = posted(link, copy, thread, body, token_of(link, comment.id))
            copy.state = CopyState.REFUSED if copy.trouble else CopyState.DONE
            copy.save(update_fields=["post", "state", "trouble"])
    return is_new


def posted(link: TicketLink, copy: Copy, thread: Thread, body: str, token: str) -> str:
    """Post it; what keeps it from being posted is told to the team beside the thread, and nothing is lost."""
    try:
        copy.post = post_reply(by=who_speaks(link), thread=thread, body=body, token=token, is_approved=True)
    except (NotAllowed, Invalid) as refusal:
        return str(refusal.reason)[:300]
    return ""


@transaction.atomic
def note_progress(link: TicketLink, progress: str) -> bool:
    """A ticket that is solved asks the asker; it never closes a thread."""
    thread = locked(link.thread_id)
    before = TicketLink.objects.values_list("progress", flat=True).get(pk=link.pk)
    if progress == before:
        return False
    if progress == doors.Progress.GONE:
        return note_gone(link)
    link.progress = progress
    if progress != doors.Progress.SOLVED:
        link.close_asked_at = None
    link.save(update_fields=["progress", "close_asked_at"])
    if progress == doors.Progress.SOLVED:
        ask_the_asker(link, thread)
    return True


def ask_the_asker(link: TicketLink, thread: Thread) -> None:
    """Support stands behind the last answer that came from the ticket; without one the asker is simply asked."""
    at = clock.now()
    is_open = thread.is_question and not thread.is_closed and not thread.is_deleted
    answer = last_answer(link)
    if is_open and thread.state in OURS and answer is None:
        thread.move_to_state(State.WAITING_ASKER, at)
    record(TicketSolved, thread, EntryKind.TICKET_SOLVED, by=None, at=at)
    if is_open and answer and answer.asker_says_no_at is None and answer.confirmed_by_asker_at is None:
        answer.thread = thread
        accept_for_support(answer, by=answer.author, at=at)


def last_answer(link: TicketLink) -> Post | None:
    brought = Copy.objects.filter(link=link, direction=Direction.IN).exclude(post=None)
    posts = Post.objects.standing().filter(pk__in=brought.values("post"))
    return posts.select_related("author").order_by("-number").first()


@transaction.atomic
def note_gone(link: TicketLink) -> bool:
    """The ticket is no longer there: said to the team in the thread, and nothing more is sent."""
    thread = locked(link.thread_id)
    if TicketLink.objects.filter(pk=link.pk).exclude(gone_at=None).exists():
        return False
    link.gone_at, link.progress = clock.now(), doors.Progress.GONE
    link.save(update_fields=["gone_at", "progress"])
    link.copies.waiting().update(state=CopyState.DROPPED, trouble=str(_("The ticket was deleted.")))
    record(TicketLost, thread, EntryKind.TICKET_LOST, by=None, at=link.gone_at, lane=Lane.TEAM)
    return True
