from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from community import clock
from community.organisations.masking import masked
from community.people.models import Member
from community.policy import Invalid, OutOfStep, require
from community.spaces.models import Tag
from community.threads.attaching import claim_attachments
from community.threads.events import (
    PostDeleted,
    PostEdited,
    PostRestored,
    ThreadDeleted,
    ThreadRestored,
    ThreadRetitled,
)
from community.threads.gate import Offer, What, is_asked, passed
from community.threads.models import LONGEST_REASON, Audience, EntryKind, Kind, Post, Revision, Thread
from community.threads.policies import may_delete, may_edit, may_restore, may_retag, may_retitle, may_use_kind
from community.threads.turns import find_last_word, settle

from .asking import TITLE_LENGTH
from .judging import silence_voices
from .record import lane_of, locked, locked_post, record, rendered


def edit_post(
    *,
    by: Member,
    post: Post,
    body: str,
    seen_revision: int,
    kind: str | None = None,
    because: str = "",
    is_approved: bool = False,
) -> Post:
    """Change what a post says and keep what it said before.

    `seen_revision` is the number of edits the writer had before him: raises OutOfStep if somebody edited meanwhile,
    HeldBack when somebody reads it first. `is_approved`: somebody has read it already.
    """
    if post.thread.audience == Audience.EVERYONE:
        body = masked(body)
    html = rendered(body)
    if not is_approved and body != post.body and is_asked(by, post.thread.audience):
        choices = {"kind": kind, "because": because, "seen_revision": seen_revision}
        offer = Offer(
            by=by,
            what=What.EDIT,
            space_id=post.thread.space_id,
            thread=post.thread,
            post=post,
            body=body,
            fields=choices,
        )
        if (told := passed(offer)).body != body:
            body, html = told.body, rendered(told.body)
    with transaction.atomic():
        post = locked_post(post.pk)
        require(may_edit(by, post))
        if post.revision_count != seen_revision:
            raise OutOfStep(_("Somebody edited this post while you were writing. Compare both, then save again."))
        kind = kind or post.kind
        require(may_use_kind(by, kind, post.thread))
        if (kind == Kind.NOTE) != post.is_note:
            raise Invalid("kind", _("A note stays a note, and what others have read stays public."))
        if body == post.body and kind == post.kind:
            return post
        at = clock.now()
        post.revision_count += 1
        Revision.objects.create(
            post=post, number=post.revision_count, body=post.body, editor=by, because=because[:LONGEST_REASON], at=at
        )
        means_something_else = kind != post.kind
        post.body, post.html, post.kind, post.edited_at = body, html, kind, at
        post.save(update_fields=["body", "html", "kind", "edited_at", "revision_count"])
        if means_something_else:
            settle(post.thread, at)
        claim_attachments(post, by=by)
        record(PostEdited, post.thread, EntryKind.EDITED, by=by, at=at, post=post, lane=lane_of(post))
        return post


@transaction.atomic
def delete_post(*, by: Member, post: Post, because: str) -> Post:
    """Take a post out of the conversation; the team keeps it. Deleting the question deletes the thread."""
    post = locked_post(post.pk)
    require(may_delete(by, post))
    because = reason(because)
    at = clock.now()
    post.deleted_at, post.deleted_because, post.deleted_by = at, because, by
    thread = post.thread
    if post.is_first:
        thread.deleted_at, thread.deleted_because = at, because
        post.save(update_fields=["deleted_at", "deleted_because", "deleted_by"])
        record(ThreadDeleted, thread, EntryKind.THREAD_DELETED, by=by, at=at, post=post)
        return post
    if not post.is_note:
        silence_voices_of_removed(post, at)
        find_last_word(thread)
        if post.hidden_at is None:
            thread.reply_count -= 1
    post.save(update_fields=["deleted_at", "deleted_because", "deleted_by"])
    record(PostDeleted, thread, EntryKind.DELETED, by=by, at=at, post=post, lane=lane_of(post))
    return post


@transaction.atomic
def restore_post(*, by: Member, post: Post) -> Post:
    post = locked_post(post.pk)
    require(may_restore(by, post))
    at = clock.now()
    post.deleted_at, post.deleted_because, post.deleted_by = None, "", None
    post.save(update_fields=["deleted_at", "deleted_because", "deleted_by"])
    thread = post.thread
    if post.is_first:
        thread.deleted_at, thread.deleted_because = None, ""
        record(ThreadRestored, thread, EntryKind.THREAD_RESTORED, by=by, at=at, post=post)
        return post
    if not post.is_note and post.hidden_at is None:
        thread.reply_count += 1
        find_last_word(thread)
        settle(thread, at)
    record(PostRestored, thread, EntryKind.RESTORED, by=by, at=at, post=post, lane=lane_of(post))
    return post


def silence_voices_of_removed(post: Post, at: datetime) -> None:
    # The row must be marked as removed first, so that the recount leaves it out.
    Post.objects.filter(pk=post.pk).update(
        accepted_by_support_at=None,
        deleted_at=post.deleted_at,
        deleted_because=post.deleted_because,
        hidden_at=post.hidden_at,
        hidden_because=post.hidden_because,
    )
    silence_voices(post, at=at)


def retitle_thread(
    *, by: Member, thread: Thread, title: str, tags: Iterable[Tag] | None = None, is_approved: bool = False
) -> Thread:
    """Give a thread a truer title or other tags. The old title is kept with the question's revisions.

    Raises HeldBack when somebody reads it first. `is_approved`: somebody has read it already.
    """
    title = " ".join(title.split())
    if not title or len(title) > TITLE_LENGTH:
        raise Invalid("title", _("Say in one sentence what happened, in at most 200 characters."))
    if not is_approved and title != thread.title and is_asked(by, thread.audience):
        choices = {"tags": [tag.pk for tag in tags] if tags is not None else None}
        offer = Offer(
            by=by, what=What.TITLE, space_id=thread.space_id, thread=thread, title=title, body="", fields=choices
        )
        title = passed(offer).title
    return retitled(by, thread, title, tags)


@transaction.atomic
def retitled(by: Member, thread: Thread, title: str, tags: Iterable[Tag] | None) -> Thread:
    thread = locked(thread.pk)
    require(may_retag(by, thread) if title == thread.title else may_retitle(by, thread))
    if thread.audience == Audience.EVERYONE:
        title = masked(title)
    at = clock.now()
    if title != thread.title:
        question = thread.posts.get(number=1)
        question.revision_count += 1
        Revision.objects.create(
            post=question,
            number=question.revision_count,
            title=thread.title,
            body=question.body,
            editor=by,
            at=at,
        )
        question.save(update_fields=["revision_count"])
        thread.title = title
    if tags is not None:
        thread.tags.set(tags)
    record(ThreadRetitled, thread, EntryKind.RETITLED, by=by, at=at)
    return thread


def reason(because: str) -> str:
    because = " ".join(because.split())
    if not because:
        raise Invalid("because", _("Say why. The reason stands in its place."))
    return because[:LONGEST_REASON]
