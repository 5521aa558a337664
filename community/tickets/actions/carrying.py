"""Carries what was said here to the ticket: in order, each thing once, however often it fails."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction

from community import clock
from community.people.models import Member
from community.policy import require
from community.threads.models import Post
from community.tickets import doors
from community.tickets.models import Copy, CopyState, Direction, TicketLink, Word
from community.tickets.policies import may_link_ticket
from community.tickets.systems import door_to
from community.tickets.writing import copied, word_about

from .bringing import note_gone, note_progress

# Longer than all calls of one turn may take together; then whoever held it must have died.
TURN = timedelta(minutes=3)
AT_ONCE = 10
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=15), timedelta(hours=1)


def carry(link_id: int) -> datetime | None:
    """Send what waits for one ticket; returns when to come again, None when nothing is left to do."""
    now = clock.now()
    if TicketLink.objects.filter(pk=link_id, retry_at__gt=now).exists():
        # Another task comes by then; one for each reply would knock at a closed door all at once.
        return None
    free = TicketLink.objects.alive().free(now).filter(pk=link_id)
    if not free.update(busy_until=now + TURN):
        is_busy = TicketLink.objects.alive().filter(pk=link_id).exists()
        return now + FIRST_WAIT if is_busy and has_work(link_id) else None
    link = TicketLink.objects.select_related("thread").get(pk=link_id)
    try:
        door = door_to(link.system)
        for copy in one_by_one(link):
            send(door, link, copy)
            if copy.opens and copy.state != CopyState.DONE:
                break
        if not link.copies.waiting().exists():
            close_if_asked(door, link)
        link.failures, link.retry_at = 0, None
    except doors.Unavailable as trouble:
        link.failures += 1
        link.retry_at = clock.now() + wait_after(link.failures)
        link.copies.waiting().update(trouble=str(trouble)[:300])
    except doors.TicketGone:
        note_gone(link)
    finally:
        link.busy_until = None
        link.save(update_fields=["busy_until", "failures", "retry_at"])
    if link.retry_at:
        return link.retry_at
    return clock.now() if has_work(link_id) else None


def one_by_one(link: TicketLink) -> Iterator[Copy]:
    """What waits, each as it is when its turn comes: it may be edited while those before it are sent."""
    for _turn in range(AT_ONCE):
        copy = link.copies.waiting().select_related("post__thread").in_order().first()
        if copy is None:
            return
        yield copy


def has_work(link_id: int) -> bool:
    link = TicketLink.objects.alive().filter(pk=link_id)
    copies = Copy.objects.filter(link=link_id)
    # Without its ticket nothing else can be sent.
    is_stuck = copies.filter(opens=True, state=CopyState.REFUSED).exists()
    to_close = link.exclude(close_asked_at=None).exclude(progress=doors.Progress.SOLVED).exists()
    return link.exists() and not is_stuck and (copies.waiting().exists() or to_close)


def wait_after(failures: int) -> timedelta:
    return min(FIRST_WAIT * 2 ** min(failures - 1, 10), LONGEST_WAIT)


def send(door: doors.TicketSystem, link: TicketLink, copy: Copy) -> None:
    """One thing. From the second attempt on we ask first whether the one before arrived after all."""
    copy.attempts += 1
    # Written down before the call, so that whoever comes after a crash knows that it was begun.
    copy.save(update_fields=["attempts"])
    try:
        if copy.opens:
            opened(link, make_once(door, copy))
        elif copy.post and copy.direction == Direction.ABOUT:
            copy.remote_id = tell_once(door, link, copy, copy.post)
        elif copy.post is None or copy.post.is_removed:
            copy.state = CopyState.DROPPED
        else:
            copy.remote_id = comment_once(door, link, copy, copy.post)
    except doors.TicketRefused as refused:
        copy.state, copy.trouble = CopyState.REFUSED, str(refused)[:300]
    if copy.state == CopyState.WAITING:
        copy.state, copy.trouble, copy.done_at = CopyState.DONE, "", clock.now()
    copy.save(update_fields=["state", "trouble", "remote_id", "done_at"])


def make_once(door: doors.TicketSystem, copy: Copy) -> doors.Ticket:
    made = door.made(copy.key.hex) if copy.attempts > 1 else None
    return made or door.make(subject=copy.subject, text=copy.text, key=copy.key.hex)


def comment_once(door: doors.TicketSystem, link: TicketLink, copy: Copy, post: Post) -> str:
    there = door.commented(link.remote_id, copy.key.hex) if copy.attempts > 1 else None
    if there:
        return there
    there = rewritten(door, link, post, copied(post)) if copy.edit else ""
    there = there or door.comment(link.remote_id, text=copied(post, is_edit=bool(copy.edit)), key=copy.key.hex)
    # Edits that were made before its turn came are in these words already.
    said = link.copies.waiting().filter(post=post, direction=Direction.OUT, edit__lte=post.revision_count)
    said.exclude(pk=copy.pk).update(state=CopyState.DROPPED)
    return there


def tell_once(door: doors.TicketSystem, link: TicketLink, copy: Copy, post: Post) -> str:
    """A word about what stands over there; empty, and nothing is said, where it never came that far."""
    if not link.copies.over_there().filter(post=post, state=CopyState.DONE).exists():
        copy.state = CopyState.DROPPED
        return ""
    there = door.commented(link.remote_id, copy.key.hex) if copy.attempts > 1 else None
    words = word_about(post, Word(copy.text), at=copy.created_at)
    there = there or rewritten(door, link, post, words)
    return there or door.comment(link.remote_id, text=words, key=copy.key.hex)


def rewritten(door: doors.TicketSystem, link: TicketLink, post: Post, words: str) -> str:
    """The comment of ours that says these words now; empty where there is none of ours or it stays as it is."""
    first = link.copies.filter(post=post, direction=Direction.OUT, edit=0, opens=False, state=CopyState.DONE)
    ours = first.exclude(remote_id="").first()
    if ours and door.rewrite(link.remote_id, ours.remote_id, text=words, key=ours.key.hex):
        return ours.remote_id
    return ""


def opened(link: TicketLink, ticket: doors.Ticket) -> None:
    link.number, link.remote_id, link.url = ticket.number, ticket.id, ticket.url
    link.save(update_fields=["number", "remote_id", "url"])


def close_if_asked(door: doors.TicketSystem, link: TicketLink) -> None:
    if link.close_asked_at is None or link.is_solved or not link.remote_id:
        return
    try:
        door.close(link.remote_id)
    except doors.TicketRefused:
        # Somebody has to look at it over there; asking every hour would not help.
        link.close_asked_at = None
        link.save(update_fields=["close_asked_at"])
    else:
        note_progress(link, doors.Progress.SOLVED)


@transaction.atomic
def send_again(*, by: Member, link: TicketLink) -> int:
    """What was refused is tried once more, after somebody has put right why; returns how many there are."""
    require(may_link_ticket(by))
    refused = link.copies.exclude(direction=Direction.IN).filter(state=CopyState.REFUSED)
    TicketLink.objects.filter(pk=link.pk).update(retry_at=None, failures=0)
    waiting = link.copies.waiting().count()
    return refused.update(state=CopyState.WAITING, trouble="") + waiting
