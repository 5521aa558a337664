from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from community import clock, prepared
from community.organisations.masking import masked
from community.people.models import Member
from community.policy import Invalid, require
from community.threads.attaching import claim_attachments
from community.threads.events import NotePosted, ReplyPosted
from community.threads.gate import NO_SIGNS, Offer, Signs, What, is_asked, passed
from community.threads.models import (
    Audience,
    Draft,
    EntryKind,
    Follow,
    Kind,
    Lane,
    Outlook,
    Post,
    ReadMark,
    State,
    Thread,
    WaitReason,
)
from community.threads.policies import may_reply, may_reply_now, may_use_kind
from community.threads.turns import turn_after_reply

from .judging import stand_behind
from .record import announce, locked, note_down, record, rendered

# A second press, a retry or the back button, not a person who says the same thing twice.
SAME_PRESS = timedelta(seconds=60)


def post_reply(
    *,
    by: Member,
    thread: Thread,
    body: str,
    kind: str = Kind.INFORMATION,
    token: str = "",
    because: str = "",
    more: str = "",
    signs: Signs = NO_SIGNS,
    is_approved: bool = False,
) -> Post:
    """Add a reply or, for the team, an internal note. The same token by the same member makes one post.

    `because`, a WaitReason, and `more`, the same in own words: why it takes time, when support says so. Raises
    NotAllowed with the reason, Invalid("body", …) when the text cannot be used, Invalid("because", …) when support
    only acknowledges what waits for it and neither promises nor says why, HeldBack when somebody reads it first.
    `is_approved`: somebody has read it already.
    """
    if thread.audience == Audience.EVERYONE:
        body = masked(body)
    html = rendered(body)
    if not is_approved and is_asked(by, thread.audience):
        offer = Offer(
            by=by,
            what=What.REPLY,
            space_id=thread.space_id,
            thread=thread,
            body=body,
            token=token,
            fields={"kind": kind},
            signs=signs,
        )
        if (told := passed(offer)).body != body:
            body, html = told.body, rendered(told.body)
    try:
        with transaction.atomic():
            # Lock first, ask second: the thread may have been locked while they were typing.
            thread = locked(thread.pk)
            if sent := already_sent(by, thread, body, token):
                return sent
            require(may_reply(by, thread))
            require(may_use_kind(by, kind, thread))
            if kind == Kind.NOTE:
                return add_note(by, thread, body, html, token)
            require(may_reply_now(by, thread, at=clock.now()))
            say_what_comes_next(by, thread, kind, because, more)
            return add_reply(by, thread, body, html, kind, token)
    except IntegrityError:
        if token and (sent := Post.objects.made_by(by, token).first()):
            return sent
        raise


def already_sent(by: Member, thread: Thread, body: str, token: str) -> Post | None:
    if token:
        if not Post.objects.sent_with(by, token):
            return None
        return Post.objects.made_by(by, token).select_related("thread").first()
    just_now = clock.now() - SAME_PRESS
    return Post.objects.filter(thread=thread, author=by, body=body, created_at__gte=just_now, deleted_at=None).first()


def say_what_comes_next(by: Member, thread: Thread, kind: str, because: str, more: str) -> None:
    """Who waits for us knows for what: behind a kind word of support stands a promise or a reason.

    Whoever called for a person now is being talked to, and hears it there.
    """
    if not by.answers_officially or by.pk == thread.author_id or not thread.is_question:
        return
    if because:
        give_reason(thread, because, more)
    elif kind == Kind.ACKNOWLEDGEMENT and thread.state in (State.WAITING_US, State.WORKAROUND) and not thread.called_at:
        outlook = Outlook.objects.filter(thread=thread).first()
        if outlook is None or not (outlook.promises or outlook.waits_because):
            raise Invalid(
                "because", _("Say why it takes time, or promise something: a kind word alone leaves them waiting.")
            )


def give_reason(thread: Thread, because: str, more: str) -> None:
    """Why it takes time stands on the thread until something else is said. The caller holds the lock."""
    more = " ".join(more.split())[:200]
    if because not in WaitReason.values:
        raise Invalid("because", _("Choose one of the reasons."))
    if because == WaitReason.OTHER and not more:
        raise Invalid("more", _("Say the reason in a few words."))
    Outlook.objects.update_or_create(thread=thread, defaults={"waits_because": because, "waits_more": more})


def add_reply(by: Member, thread: Thread, body: str, html: str, kind: str, token: str) -> Post:
    # Clocks of machines differ: what is said after something is not older than it.
    at = max(clock.now(), thread.last_post_at)
    thread.post_count += 1
    number = thread.post_count
    is_official = by.answers_officially and by.pk != thread.author_id
    # Support stands behind the solution it gives; whether it helped, only customers say.
    is_accepted = is_official and kind == Kind.SOLUTION and thread.is_question
    post = Post.objects.create(
        thread=thread,
        number=number,
        position=thread.post_count,
        author=by,
        kind=kind,
        is_official=is_official,
        accepted_by_support_at=at if is_accepted else None,
        body=body,
        html=html,
        client_token=token,
        created_at=at,
    )
    claim_attachments(post, by=by)
    thread.reply_count += 1
    thread.last_post_at, thread.last_poster = at, by
    turn_after_reply(thread, post, at)
    begin_following(by, thread, at)
    read_to(by, thread, number, at)
    Draft.objects.for_place(by, thread).delete()
    with_support, is_called = thread.with_support_at is not None, thread.called_at is not None
    facts = {"with_support": with_support, "is_called": is_called}
    happened = [note_down(ReplyPosted, thread, EntryKind.REPLIED, by=by, at=at, post=post, lane=Lane.ALL, **facts)]
    if is_accepted:
        happened.append(stand_behind(post, by=by, at=at))
    announce(thread, *happened)
    post.is_fresh = True
    return post


def add_note(by: Member, thread: Thread, body: str, html: str, token: str) -> Post:
    at = clock.now()
    note = Post.objects.create(
        thread=thread,
        number=None,
        position=thread.post_count,
        author=by,
        kind=Kind.NOTE,
        body=body,
        html=html,
        client_token=token,
        created_at=at,
    )
    claim_attachments(note, by=by)
    Draft.objects.for_place(by, thread).delete()
    record(NotePosted, thread, EntryKind.NOTED, by=by, at=at, post=note, lane=Lane.TEAM)
    note.is_fresh = True
    return note


def begin_following(by: Member, thread: Thread, at: datetime) -> None:
    # Asked first and then written, without a savepoint: whoever follows holds the lock of the thread.
    if not prepared.rows(follows_of, thread.pk, by.pk):
        Follow.objects.create(thread=thread, member=by, at=at)
        thread.follower_count += 1


def follows_of(thread_id: int, member_id: int) -> QuerySet[Follow]:
    return Follow.objects.filter(thread=thread_id, member=member_id)


def read_to(by: Member, thread: Thread, number: int, at: datetime) -> None:
    """Your own reply is read; what others wrote meanwhile stays unread until you see it."""
    ReadMark.objects.filter(thread=thread, member=by, number=number - 1).update(number=number, at=at)
