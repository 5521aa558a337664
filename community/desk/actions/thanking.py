"""Once it is solved, the asker thanks whoever had a hand in it."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from community import clock
from community.desk.events import ThanksGiven
from community.desk.models import THANKS_LENGTH, Thanks
from community.desk.policies import may_thank
from community.desk.who_helped import who_helped
from community.events import publish
from community.people.models import Member
from community.people.policies import may_reach
from community.policy import Invalid, OutOfStep, require
from community.threads.actions.record import locked
from community.threads.models import Thread


@transaction.atomic
def thank(*, by: Member, thread: Thread, member: Member, words: str = "") -> Thanks:
    """Once each: thanked again, somebody stays thanked as before. Raises NotAllowed, or Invalid with the field."""
    words = " ".join(words.split())
    if len(words) > THANKS_LENGTH:
        raise Invalid("words", _("Keep it under %(count)s characters.") % {"count": THANKS_LENGTH})
    thread = locked(thread.pk)
    require(may_thank(by, thread))
    if member.pk not in {helper.member.pk for helper in who_helped(thread)}:
        raise Invalid("member", _("Choose somebody who had a hand in it."))
    require(may_reach(by, member))
    said = {"by": by, "words": words, "at": clock.now()}
    thanks, is_new = Thanks.objects.get_or_create(thread=thread, member=member, defaults=said)
    if is_new:
        publish(ThanksGiven(thanks_id=thanks.pk))
    return thanks


@transaction.atomic
def take_back_thanks(*, by: Member, thread: Thread, member: Member) -> None:
    thread = locked(thread.pk)
    require(may_thank(by, thread))
    if not Thanks.objects.filter(thread=thread, member=member).delete()[0]:
        raise OutOfStep(_("There is nothing to take back."))
