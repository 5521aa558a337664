from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from community import clock
from community.moderation.models import Verb
from community.people.models import Member
from community.policy import OutOfStep
from community.spaces.models import Tag
from community.threads.actions.record import record
from community.threads.events import ThreadRetitled
from community.threads.models import MOST_TAGS, EntryKind, Thread

from .decisions import decided
from .threads import curated_alone


@transaction.atomic
def tag_thread(*, by: Member, thread: Thread, tag: Tag, because: str = "") -> Thread:
    thread = curated_alone(by, thread)
    carried = set(thread.tags.values_list("pk", flat=True))
    if tag.pk in carried:
        raise OutOfStep(_("This thread has this tag already."))
    if len(carried) >= MOST_TAGS:
        raise OutOfStep(_("This thread has %(most)s tags already. Take one off first.") % {"most": MOST_TAGS})
    thread.tags.add(tag)
    return described_anew(Verb.TAGGED, by=by, thread=thread, because=because, after=tag.name)


@transaction.atomic
def untag_thread(*, by: Member, thread: Thread, tag: Tag, because: str = "") -> Thread:
    thread = curated_alone(by, thread)
    if not thread.tags.filter(pk=tag.pk).exists():
        raise OutOfStep(_("This thread does not have this tag."))
    thread.tags.remove(tag)
    return described_anew(Verb.UNTAGGED, by=by, thread=thread, because=because, before=tag.name)


def described_anew(verb: Verb, *, by: Member, thread: Thread, because: str, **about: Any) -> Thread:
    at = clock.now()
    record(ThreadRetitled, thread, EntryKind.RETITLED, by=by, at=at)
    decided(verb, by=by, at=at, because=because, thread=thread, **about)
    return thread
