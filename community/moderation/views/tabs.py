"""The tabs of moderation: what waits, what was decided, and the pages on which moderators look things up."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

# What waits, by the key that its address has.
LISTS = {
    "waiting": _("All"),
    "flags": _("Flags"),
    "held": _("Held"),
    "appeals": _("Appeals"),
    "contradictions": _("Contradictions"),
}
OTHERS = {"mine": _("Claimed by you"), "decided": _("Decided")}
PAGES = {"log": _("Log"), "words": _("Watched words")}
SELDOM = {"rules": _("What is read before it is published"), "trust": _("Trust and its limits")}


def tabs(current: str, *, space: str = "", count_of: Callable[[str], int] | None = None) -> dict[str, Any]:
    """For components/tabs.html. `space`: in which the lists stay; `count_of`: how many wait in each."""
    lists = [
        {"words": words, "url": address(key, space), "current": key == current}
        | ({"count": count_of(key)} if count_of and key in LISTS else {})
        for key, words in (LISTS | OTHERS).items()
    ]
    pages = [
        {"words": words, "url": reverse(f"moderation:{key}"), "current": key == current}
        for key, words in (PAGES | SELDOM).items()
    ]
    return {"tabs": lists + pages[: len(PAGES)], "more": pages[len(PAGES) :]}


def address(shown: str, space: str) -> str:
    asked = {key: value for key, value in (("show", shown), ("space", space)) if value and value != "waiting"}
    return reverse("moderation:queue") + (f"?{urlencode(asked)}" if asked else "")
