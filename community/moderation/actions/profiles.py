from django.db import transaction
from django.utils.translation import gettext_lazy as _

from community import clock
from community.events import publish
from community.moderation.events import TakenFromMember
from community.moderation.models import KEYS_APART, Decision, Verb
from community.moderation.policies import may_sanction
from community.people.actions import locked, write_profile
from community.people.models import Member
from community.policy import OutOfStep, require

from .decisions import decided, reason
from .sanctions import as_now

WORDS = ("name", "bio", "website")


@transaction.atomic
def clear_profile(*, by: Member, member: Member, because: str) -> Decision:
    """Take away what a member says about himself; the handle stays. He is told why."""
    member = locked(member.pk)
    require(may_sanction(as_now(by), member))
    because, at = reason(because), clock.now()
    if not (before := words_of(member)):
        raise OutOfStep(_("This profile says nothing any more."))
    write_profile(member, dict.fromkeys(WORDS, ""))
    # Which of them, and not what they said: the log is no place for what had to go.
    cleared = KEYS_APART.join(before)
    decision = decided(Verb.CLEARED_PROFILE, by=by, at=at, because=because, member=member, before=cleared)
    publish(TakenFromMember(decision_id=decision.pk, member_id=member.pk))
    return decision


def words_of(member: Member) -> dict[str, str]:
    return {name: said for name in WORDS if (said := getattr(member, name))}
