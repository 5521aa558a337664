from django.db import transaction
from django.utils.translation import gettext_lazy as _

from community import clock
from community.events import publish
from community.moderation.events import TakenFromMember
from community.moderation.models import Decision, Verb
from community.moderation.policies import may_curate
from community.people.models import Member
from community.policy import OutOfStep, require
from community.threads.actions.record import lane_of, locked_post, record, rendered
from community.threads.events import PostShownAnew
from community.threads.models import Attachment, EntryKind

from .decisions import decided, reason


@transaction.atomic
def take_file_away(*, by: Member, attachment: Attachment, because: str) -> Decision:
    """Out of everybody's reach but the moderators' and its uploader's; whoever follows a link to it reads why."""
    attachment = locked_file(attachment)
    require(may_curate(by))
    because = reason(because)
    if attachment.hidden_at:
        raise OutOfStep(_("This file is already taken away."))
    attachment.hidden_at, attachment.hidden_because = clock.now(), because
    show_anew(attachment, by=by)
    decision = write_down(Verb.TOOK_FILE, attachment, by=by, because=because)
    publish(TakenFromMember(decision_id=decision.pk, member_id=attachment.uploader_id))
    return decision


@transaction.atomic
def give_file_back(*, by: Member, attachment: Attachment, because: str) -> Decision:
    attachment = locked_file(attachment)
    require(may_curate(by))
    because = reason(because)
    if not attachment.hidden_at:
        raise OutOfStep(_("This file is not taken away."))
    attachment.hidden_at, attachment.hidden_because = None, ""
    show_anew(attachment, by=by)
    return write_down(Verb.GAVE_FILE_BACK, attachment, by=by, because=because)


def show_anew(attachment: Attachment, *, by: Member) -> None:
    attachment.save(update_fields=["hidden_at", "hidden_because"])
    post = attachment.post
    if post is None:
        return
    post.html = rendered(post.body)
    post.save(update_fields=["html"])
    record(PostShownAnew, post.thread, EntryKind.EDITED, by=by, at=clock.now(), post=post, lane=lane_of(post))


def locked_file(attachment: Attachment) -> Attachment:
    """As it is now, under the lock of the thread in which it is shown."""
    post = locked_post(attachment.post_id or 0)
    found = Attachment.objects.select_related("uploader").get(pk=attachment.pk)
    found.post = post
    return found


def write_down(verb: Verb, attachment: Attachment, *, by: Member, because: str) -> Decision:
    about = {"thread": attachment.post and attachment.post.thread, "post": attachment.post}
    named = {"member": attachment.uploader, "before": attachment.name}
    return decided(verb, by=by, at=clock.now(), because=because, **about, **named)
