"""An approval that is taken back within seconds: what it posted waits again, read by nobody, until somebody decides."""

from datetime import datetime
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from community import clock
from community.events import publish
from community.languages import speaking_for_all
from community.moderation.events import ApprovedAgain
from community.moderation.models import Case, Held
from community.organisations.masking import masked
from community.people.models import Member
from community.policy import OutOfStep, require
from community.threads.actions.record import lane_of, locked, locked_post, record, rendered
from community.threads.attaching import addresses_in, claim_attachments
from community.threads.events import PostShownAnew, ThreadRetitled
from community.threads.gate import What
from community.threads.models import Attachment, Audience, EntryKind, Post, Thread
from community.threads.policies import may_ask, may_reply
from community.threads.turns import settle, turn_after_reply

from .posts import hide, hold_on_to, show
from .threads import hide_locked, show_locked

WHOLE = (What.QUESTION, What.REPLY)


def as_it_was(held: Held) -> dict[str, Any]:
    """The thread before it is said there, under its lock, and the post that it changes."""
    if held.thread_id is None:
        return {}
    thread, post = locked(held.thread_id), held.post
    before: dict[str, Any] = {"state": thread.state, "since": thread.state_since.isoformat()}
    if held.what == What.TITLE:
        before |= {"title": thread.title, "tags": list(thread.tags.values_list("pk", flat=True))}
    elif post:
        edited_at = post.edited_at and post.edited_at.isoformat()
        before |= {"kind": post.kind, "edited_at": edited_at, "revisions": post.revision_count}
    return before


def keep_for_undo(held: Held, before: dict[str, Any]) -> None:
    """The last thing an approval does: what happens in the thread from now on stands in the way of taking it back."""
    if held.posted:
        seq = Thread.objects.values_list("seq", flat=True).get(pk=held.posted.thread_id)
        decided = Case.objects.filter(held=held, decided_at=held.decided_at)
        decided.update(before=before | {"deed": "approve", "seq": seq})


def unsay(held: Held, post: Post | None, before: dict[str, Any], *, by: Member, at: datetime) -> None:
    """The caller holds the locks and has asked. Raises OutOfStep when others have gone on from it."""
    if post is None or post.thread.seq != before.get("seq") or has_been_heard(held, post) or held.by.erased_at:
        raise OutOfStep(_("Others have answered, voted or changed it since, so it stays. Hide it where it is."))
    thread = post.thread
    if held.what == What.EDIT:
        say_what_it_said(held, post, before, by=by, at=at)
    elif held.what == What.TITLE:
        call_it_as_before(thread, before, by=by, at=at)
    else:
        if held.what == What.REPLY:
            turn_back(thread, before)
        keep_out_of_sight(post, by=by, at=at)
    held.posted = held.posted if held.what in WHOLE else None
    held.corrected_title = held.corrected_body = ""
    held.save(update_fields=["posted", "corrected_title", "corrected_body"])


def has_been_heard(held: Held, post: Post) -> bool:
    """What the log of a thread does not tell."""
    since = {"at__gte": held.decided_at}
    return post.votes.filter(**since).exists() or (post.is_first and post.thread.me_toos.filter(**since).exists())


def turn_back(thread: Thread, before: dict[str, Any]) -> None:
    thread.state = before["state"]
    thread.state_since = parse_datetime(before["since"]) or thread.state_since


def say_what_it_said(held: Held, post: Post, before: dict[str, Any], *, by: Member, at: datetime) -> None:
    """The edit is no version of the post: nobody finds in its history what waits."""
    if post.revision_count == before["revisions"]:
        return
    was = post.revisions.get(number=post.revision_count)
    brought = addresses_in(post.body) - addresses_in(was.body)
    Attachment.objects.filter(key__in=brought, uploader=held.by, post=post).update(post=None)
    means_something_else = post.kind != before["kind"]
    post.body, post.html, post.kind = was.body, rendered(was.body), before["kind"]
    post.edited_at = parse_datetime(before["edited_at"]) if before["edited_at"] else None
    post.revision_count -= 1
    was.delete()
    post.save(update_fields=["body", "html", "kind", "edited_at", "revision_count"])
    turn_back(post.thread, before)
    if means_something_else:
        settle(post.thread, at)
    record(PostShownAnew, post.thread, EntryKind.EDITED, by=by, at=at, post=post, lane=lane_of(post))


def call_it_as_before(thread: Thread, before: dict[str, Any], *, by: Member, at: datetime) -> None:
    if thread.title != before["title"]:
        question = thread.posts.get(number=1)
        question.revisions.get(number=question.revision_count).delete()
        question.revision_count -= 1
        question.save(update_fields=["revision_count"])
        thread.title = before["title"]
    thread.tags.set(before["tags"])
    record(ThreadRetitled, thread, EntryKind.RETITLED, by=by, at=at)


def keep_out_of_sight(post: Post | None, *, by: Member, at: datetime, because: str = "") -> None:
    """A question or reply that was approved and is not any more; `because` as it stands in its place."""
    if post is None or post.deleted_at or post.thread.is_deleted:
        return
    with speaking_for_all():
        because = because or str(_("A moderator looks at it once more."))
    if post.hidden_at or post.thread.is_hidden:
        hold_on_to(post, by=by, at=at, because=because)
    elif post.is_first:
        hide_locked(post.thread, by=by, at=at, because=because)
    else:
        hide(post, by=by, at=at, because=because)


def say_again(held: Held, title: str, body: str, *, by: Member) -> Post:
    """Approved once more: the same post, in the words of today. Raises what its author would hear if he posted it."""
    at, post = clock.now(), locked_post(held.posted_id or 0)
    thread = post.thread
    require(may_reply(held.by, thread) if held.what == What.REPLY else may_ask(held.by, thread.space))
    if post.deleted_at or thread.is_deleted:
        raise OutOfStep(_("What this belongs to is gone."))
    if thread.audience == Audience.EVERYONE:
        title, body = masked(title), masked(body)
    reads_differently = body != post.body or (post.is_first and title != thread.title)
    post.body, post.html = body, rendered(body)
    post.save(update_fields=["body", "html"])
    claim_attachments(post, by=held.by)
    if post.is_first:
        thread.title = title
        show_locked(thread, by=by, at=at)
    elif post.hidden_at:
        turn_after_reply(thread, post, at)
        show(post, by=by, at=at)
    if reads_differently:
        record(PostShownAnew, thread, EntryKind.EDITED, by=by, at=at, post=post, lane=lane_of(post))
    publish(ApprovedAgain(post_ids=(post.pk,)))
    return post
