from typing import Any

from django.utils.translation import gettext_lazy as _

from community.people.policies import administers, answers_officially, is_team
from community.policy import ALLOWED, Verdict, refused


def may_use_ready_replies(member: Any) -> Verdict:
    """Also answers who may change them: whoever speaks for the house keeps its words."""
    if not answers_officially(member):
        return refused(_("Ready replies are for those who answer for support."))
    return ALLOWED


def may_keep_clocks(member: Any) -> Verdict:
    """What is promised, and when somebody is there to keep it."""
    if not administers(member):
        return refused(_("Only administrators change office hours and what is promised."))
    return ALLOWED


def may_see_clocks(reader: Any) -> Verdict:
    if not is_team(reader):
        return refused(_("The desk is for the team."))
    return ALLOWED


def may_see_desk(reader: Any) -> Verdict:
    """What waits for us. Of whom, the threads decide that the reader may read."""
    if not is_team(reader):
        return refused(_("The desk is for the team."))
    return ALLOWED


def may_handle(member: Any) -> Verdict:
    """Also answers who may say that he is writing and put something aside."""
    if not answers_officially(member):
        return refused(_("Only support takes threads in hand."))
    return ALLOWED


def may_have_in_hand(member: Any) -> Verdict:
    if not answers_officially(member):
        return refused(_("Choose somebody who answers for support."))
    return ALLOWED
