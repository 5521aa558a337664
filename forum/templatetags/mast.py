"""What the masthead knows of its reader and of where he is: facts for `made_once`, and no more than it says."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.urls import reverse

register = template.Library()

# The places that the masthead marks when the reader is there.
PLACES = (("threads:list", ()), ("wagtail_serve", ("help/",)), ("desk:inbox", ()), ("moderation:queue", ()))
BELOW = "…"


@dataclass(frozen=True)
class AtMast:
    """A member as his own masthead shows him."""

    pk: int
    handle: str
    called: str
    address: str
    is_team: bool
    curates: bool
    answers_officially: bool
    has_a_seat: bool
    is_staff: bool
    was_silenced: bool
    unread_notices: int


@register.filter
def at_mast(user: Any) -> AtMast | None:
    if not getattr(user, "is_authenticated", False):
        return None
    return AtMast(
        user.pk,
        user.handle,
        user.called,
        user.get_absolute_url(),
        user.is_team,
        user.curates,
        user.answers_officially,
        bool(getattr(user, "has_a_seat", False)),
        user.is_staff,
        user.silenced_at is not None,
        user.unread_notices,
    )


@register.filter
def place_at_mast(path: str) -> str:
    """The place that the path is, or with an ellipsis the one that it lies below; "" for any other."""
    for name, more in PLACES:
        place = reverse(name, args=more)
        if path and path.startswith(place):
            return place if path == place else f"{place}{BELOW}"
    return ""
