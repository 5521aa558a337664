from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from community.moderation.models import Decision, Verb
from community.people.models import Member
from community.policy import Invalid


def decided(verb: Verb, *, by: Member | None, at: datetime, because: str = "", **about: Any) -> Decision:
    """Write a decision down; `by` nobody where a time has come. `about`: thread, post, member, before, after."""
    return Decision.objects.create(verb=verb, actor=by, at=at, because=because, **about)


def reason(because: str) -> str:
    because = " ".join(because.split())
    if not because:
        raise Invalid("because", _("Give a reason. The person concerned reads it."))
    return because[:300]
