from typing import Any

from django.utils.translation import gettext_lazy as _

from community.people.policies import answers_officially, is_team
from community.policy import ALLOWED, Verdict, refused


def may_link_ticket(member: Any) -> Verdict:
    if not answers_officially(member):
        return refused(_("Only support links tickets."))
    return ALLOWED


def may_see_tickets(reader: Any) -> Verdict:
    if not is_team(reader):
        return refused(_("The desk is for the team."))
    return ALLOWED
