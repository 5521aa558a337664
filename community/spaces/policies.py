from typing import Any

from django.utils.translation import gettext_lazy as _

from community.people.policies import curates
from community.policy import ALLOWED, Verdict, refused


def may_keep_tags(member: Any) -> Verdict:
    """Name tags, describe them, merge them."""
    if not curates(member):
        return refused(_("Only moderators and administrators look after tags."))
    return ALLOWED
