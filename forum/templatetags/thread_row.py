"""A thread in a list: `{% thread_row row %}`, with `plain=True` or `level=3` as components/row.html says.

Rows of the same look are one piece that is made once; their words, numbers and times are put in.
"""

from typing import Any

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from forum.templatetags.house import face, when
from forum.templatetags.made_once import Own, made_once

register = template.Library()

# What a row is or is not.
LOOKS = ("tone", "worth", "worth_tone", "pinned", "locked", "hidden", "deleted", "inner", "unread")
# What it says in its own words.
WORDS = ("key", "url", "title", "turn", "turn_more", "new", "too")


@register.simple_tag
def thread_row(shown: Any, *, level: int = 2, plain: bool = False) -> SafeString:
    looks = {name: getattr(shown, name, "") for name in LOOKS}
    marks = shown.marks or {}
    own = {name: getattr(shown, name, "") for name in WORDS} | {
        "wait": when(shown.turn_since, "ago"),
        "last_at": "" if plain else when(shown.last_at, "short"),
        "about": format_html_join("", "<bdi>{}</bdi>", ((word,) for word in shown.about if word)),
        "others": marks.get("others"),
        **people_of(shown),
    }
    return made_once(
        "components/row.html",
        level=level,
        plain=plain,
        marked=bool(marks),
        support=bool(marks.get("support")),
        asker=marks.get("asker") or "",
        **looks,
        # What there is none of is not there: the row says something else then.
        **{name: Own(value) for name, value in own.items() if value},
    )


def people_of(shown: Any) -> dict[str, Any]:
    """Who asked, and who had the last word."""
    asker, last = getattr(shown, "asker", None), getattr(shown, "last", None)
    if not asker:
        return {}
    people = {"asker_face": face(asker), "asker_called": asker.called}
    return people | ({"last_face": face(last), "last_called": last.called} if last else {})
