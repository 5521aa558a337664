from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from community import clock, prose
from community.desk.events import ReadyReplyChanged
from community.desk.filling import check_places
from community.desk.models import ReadyReply
from community.desk.policies import may_use_ready_replies
from community.events import publish
from community.people.models import Member
from community.policy import Invalid, OutOfStep, require

NAME_LENGTH = 60


def add_ready_reply(*, by: Member, name: str, body: str) -> ReadyReply:
    """Raises Invalid with the field: a name that is taken, a place that does not exist."""
    require(may_use_ready_replies(by))
    return write(ReadyReply(), by=by, name=name, body=body)


def change_ready_reply(*, by: Member, reply: ReadyReply, name: str, body: str) -> ReadyReply:
    require(may_use_ready_replies(by))
    return write(reply, by=by, name=name, body=body)


@transaction.atomic
def drop_ready_reply(*, by: Member, reply: ReadyReply) -> None:
    """Take it out of the list; what was said with it stays said."""
    require(may_use_ready_replies(by))
    key = reply.pk
    if not ReadyReply.objects.filter(pk=key).delete()[0]:
        raise OutOfStep(_("This reply is no longer kept."))
    publish(ReadyReplyChanged(reply_id=key, actor_id=by.pk))


def write(reply: ReadyReply, *, by: Member, name: str, body: str) -> ReadyReply:
    name = " ".join(name.split())
    if not name or len(name) > NAME_LENGTH:
        raise Invalid("name", _("Give it a name of at most %(count)s characters.") % {"count": NAME_LENGTH})
    if not body.strip():
        raise Invalid("body", _("Write something first."))
    try:
        prose.render(check_places(body))
    except prose.TooMuch as too_much:
        raise Invalid("body", str(too_much)) from too_much
    reply.name, reply.body, reply.changed_by, reply.changed_at = name, body, by, clock.now()
    try:
        with transaction.atomic():
            reply.save()
            publish(ReadyReplyChanged(reply_id=reply.pk, actor_id=by.pk))
    except IntegrityError:
        raise Invalid("name", _("Another ready reply has this name.")) from None
    return reply
