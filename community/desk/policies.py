from typing import Any

from django.utils.translation import gettext_lazy as _

from community.people.policies import answers_officially
from community.policy import ALLOWED, Verdict, refused


def may_use_ready_replies(member: Any) -> Verdict:
    """Also answers who may change them: whoever speaks for the house keeps its words."""
    if not answers_officially(member):
        return refused(_("Ready replies are for those who answer for support."))
    return ALLOWED
