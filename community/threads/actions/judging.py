from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from community import clock
from community.people.actions import credit_help
from community.people.models import Member
from community.policy import OutOfStep, require
from community.spaces.models import Platform, Version
from community.threads.events import AnswerAccepted, AnswerFailed, AnswerUnaccepted, ThreadChanged
from community.threads.models import Confirmation, EntryKind, Post, State, Voice
from community.threads.policies import may_accept, may_confirm, voice_of
from community.threads.turns import count_voices, settle, turn_after_acceptance

from .record import announce, locked_post, note_down, record


@transaction.atomic
def accept_answer(*, by: Member, post: Post, version: Version | None = None, platform: Platform | None = None) -> Post:
    """Support accepts an answer, or the asker confirms it; each in his own voice. Doing it twice changes nothing."""
    post = locked_post(post.pk)
    require(may_accept(by, post))
    if voice_of(by, post.thread) == Voice.SUPPORT:
        return accept_for_support(post, by=by, at=clock.now())
    return say(post, by=by, works=True, version=version, platform=platform)


@transaction.atomic
def confirm_answer(
    *, by: Member, post: Post, works: bool, version: Version | None = None, platform: Platform | None = None
) -> Post:
    """A customer says that an answer works for him, or that it is still broken, and on what."""
    post = locked_post(post.pk)
    require(may_confirm(by, post))
    return say(post, by=by, works=works, version=version, platform=platform)


@transaction.atomic
def unaccept_answer(*, by: Member, post: Post) -> Post:
    """Take back one's acceptance: support's for those who answer for it, the asker's for the asker."""
    post = locked_post(post.pk)
    require(may_accept(by, post))
    return unsay(post, by=by, voice=voice_of(by, post.thread))


@transaction.atomic
def withdraw_confirmation(*, by: Member, post: Post) -> Post:
    """Take back what one said about an answer."""
    post = locked_post(post.pk)
    require(may_confirm(by, post))
    voice = Voice.ASKER if post.thread.author_id == by.pk else Voice.OTHER
    return unsay(post, by=by, voice=voice)


def accept_for_support(post: Post, *, by: Member, at: datetime) -> Post:
    """The caller holds the lock. Whoever of support comes second finds it accepted."""
    if not Confirmation.objects.filter(post=post, voice=Voice.SUPPORT).exists():
        Confirmation.objects.create(post=post, voice=Voice.SUPPORT, member=by, works=True, at=at)
        hear(post)
        announce(post.thread, accepted_for_support(post, by=by, at=at))
    return post


def stand_behind(post: Post, *, by: Member, at: datetime) -> ThreadChanged:
    """Support gives a solution and accepts it with it. The post is new and says so itself; the caller announces it."""
    Confirmation.objects.create(post=post, voice=Voice.SUPPORT, member=by, works=True, at=at)
    return accepted_for_support(post, by=by, at=at)


def accepted_for_support(post: Post, *, by: Member, at: datetime) -> ThreadChanged:
    settle(post.thread, at)
    turn_after_acceptance(post.thread, post, at)
    return acceptance(post, by=by, at=at, voice=Voice.SUPPORT)


def say(post: Post, *, by: Member, works: bool, version: Version | None, platform: Platform | None) -> Post:
    at = clock.now()
    thread = post.thread
    voice = Voice.ASKER if thread.author_id == by.pk else Voice.OTHER
    version = version or thread.version
    word, is_new = Confirmation.objects.get_or_create(
        post=post,
        member=by,
        voice=voice,
        defaults={"works": works, "version": version, "platform": platform or thread.platform, "at": at},
    )
    if not is_new:
        if (word.works, word.version_id) == (works, version.pk if version else None):
            return post
        word.works, word.version, word.at = works, version, at
        word.save()
    hear(post)
    settle(thread, at)
    if works:
        announce(thread, acceptance(post, by=by, at=at, voice=voice))
    else:
        if voice == Voice.ASKER and not thread.is_closed and not thread.confirmed_by_asker_at:
            thread.move_to_state(State.WORKAROUND if thread.workaround_id else State.WAITING_US, at)
        record(AnswerFailed, thread, EntryKind.FAILED, by=by, at=at, post=post)
    return post


def unsay(post: Post, *, by: Member, voice: Voice) -> Post:
    words = Confirmation.objects.filter(post=post, voice=voice)
    if voice != Voice.SUPPORT:
        words = words.filter(member=by)
    if not words.delete()[0]:
        raise OutOfStep(_("There is nothing to take back: this answer is not accepted in your name."))
    at = clock.now()
    hear(post)
    settle(post.thread, at)
    if voice == Voice.ASKER:
        turn_after_acceptance(post.thread, post, at)
    kind = EntryKind.UNACCEPTED if voice == Voice.SUPPORT else EntryKind.WITHDRAWN
    record(AnswerUnaccepted, post.thread, kind, by=by, at=at, post=post)
    return post


def hear(post: Post) -> None:
    """Recount the voices on an answer, and whom its author has helped. Helping oneself is no help."""
    before = post.people_helped
    count_voices(post)
    helped = post.people_helped - before
    if helped and post.author_id != post.thread.author_id:
        credit_help(member_id=post.author_id, people=helped)


def acceptance(post: Post, *, by: Member, at: datetime, voice: Voice) -> ThreadChanged:
    kind = EntryKind.ACCEPTED if voice == Voice.SUPPORT else EntryKind.CONFIRMED
    return note_down(
        AnswerAccepted, post.thread, kind, by=by, at=at, post=post, voice=str(voice), author_id=post.author_id
    )


def voices_on(post: Post) -> list[dict[str, Any]]:
    """What people say of an answer, as JSON can keep it for whoever lets them speak again."""
    said = Confirmation.objects.filter(post=post).order_by("pk")
    rows = said.values("member_id", "voice", "works", "version_id", "platform_id", "at")
    return [row | {"at": row["at"].isoformat()} for row in rows]


def let_speak_again(post: Post, voices: list[dict[str, Any]]) -> None:
    """As before it was removed. The caller holds the lock and has marked the post as shown."""
    said = [Confirmation(post=post, **voice | {"at": datetime.fromisoformat(voice["at"])}) for voice in voices]
    Confirmation.objects.bulk_create(said)
    hear(post)


def silence_voices(post: Post, *, at: datetime) -> None:
    """An answer that is removed is no longer accepted by anybody. The caller holds the lock and has marked the post."""
    Confirmation.objects.filter(post=post).delete()
    hear(post)
    settle(post.thread, at)
