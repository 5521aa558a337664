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
    words = checked(words)
    thread = locked(thread.pk)
    require(may_thank(by, thread))
    met, _unseen = who_helped(thread)
    if member.pk not in {helper.member.pk for helper in met}:
        raise Invalid("member", _("Choose somebody who had a hand in it."))
    require(may_reach(by, member))
    return give(by, thread, member, words, is_unseen=False)


@transaction.atomic
def thank_unseen(*, by: Member, thread: Thread, words: str = "") -> list[Thanks]:
    """All who worked on it where the asker could not see them, without his learning who they are."""
    words = checked(words)
    thread = locked(thread.pk)
    require(may_thank(by, thread))
    _met, unseen = who_helped(thread)
    if not unseen:
        raise Invalid("member", _("Choose somebody who had a hand in it."))
    return [give(by, thread, member, words, is_unseen=True) for member in unseen]


def checked(words: str) -> str:
    words = " ".join(words.split())
    if len(words) > THANKS_LENGTH:
        raise Invalid("words", _("Keep it under %(count)s characters.") % {"count": THANKS_LENGTH})
    return words


def give(by: Member, thread: Thread, member: Member, words: str, *, is_unseen: bool) -> Thanks:
    said = {"by": by, "words": words, "at": clock.now(), "is_unseen": is_unseen}
    thanks, is_new = Thanks.objects.get_or_create(thread=thread, member=member, defaults=said)
    if is_new:
        publish(ThanksGiven(thanks_id=thanks.pk))
    elif thanks.is_unseen and not is_unseen:
        # He has come out since, and is thanked by his name.
        thanks.words, thanks.is_unseen = words, False
        thanks.save(update_fields=["words", "is_unseen"])
    return thanks


@transaction.atomic
def take_back_thanks(*, by: Member, thread: Thread, member: Member | None) -> None:
    """`member`: None for all who worked unseen."""
    thread = locked(thread.pk)
    require(may_thank(by, thread))
    given = Thanks.objects.filter(thread=thread, is_unseen=member is None)
    if not (given.filter(member=member) if member else given).delete()[0]:
        raise OutOfStep(_("There is nothing to take back."))
