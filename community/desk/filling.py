"""The places in a ready reply, and what stands in them for one thread."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.policy import Invalid
from community.threads.models import Thread

PLACE = re.compile(r"\{\{([^{}]*)\}\}")
# What Markdown would take for more than letters.
SIGNS = re.compile(r"([\\`*_\[\]<>#~|])")


def name_of(thing: Any) -> str:
    return thing.name if thing else ""


type Fills = Callable[[Thread, Any], str]
PLACES: dict[str, tuple[Any, Fills]] = {
    "asker": (gettext_lazy("the name of the asker"), lambda thread, by: thread.author.called),
    "title": (gettext_lazy("the title of the thread"), lambda thread, by: thread.title),
    "thread": (gettext_lazy("the number of the thread, as a link"), lambda thread, by: f"#{thread.pk}"),
    "product": (
        gettext_lazy("the product it is about"),
        lambda thread, by: thread.product.name if thread.product else "",
    ),
    "version": (
        gettext_lazy("the version it is about"),
        lambda thread, by: thread.version.name if thread.version else "",
    ),
    "platform": (gettext_lazy("where it runs"), lambda thread, by: name_of(thread.platform)),
    "me": (gettext_lazy("your own name"), lambda thread, by: by.called),
}
OURS = {"thread"}


@dataclass(frozen=True)
class Filled:
    """`missing`: places for which this thread has nothing; they stand in the text as [version?]."""

    body: str
    missing: list[str]


def check_places(body: str) -> str:
    """Raises Invalid for a place that nothing could fill, with the name that comes nearest to be chosen from."""
    for named in PLACE.findall(body):
        if named.strip() not in PLACES:
            raise Invalid(
                "body",
                _("There is no {{ %(name)s }}. You can use: %(names)s.")
                % {"name": named.strip()[:40], "names": ", ".join(f"{{{{ {name} }}}}" for name in PLACES)},
            )
    rest = PLACE.sub("", body)
    if "{{" in rest or "}}" in rest:
        raise Invalid("body", _("A {{ or }} stands alone. A place is written like {{ asker }}."))
    return body


def filled(body: str, thread: Thread, by: Any) -> Filled:
    missing: list[str] = []

    def fill(match: re.Match[str]) -> str:
        name = match[1].strip()
        if name not in PLACES:
            return match[0]
        words = PLACES[name][1](thread, by)
        if not words:
            missing.append(name)
            return f"[{name}?]"
        return words if name in OURS else SIGNS.sub(r"\\\1", words)

    return Filled(PLACE.sub(fill, body), missing)
