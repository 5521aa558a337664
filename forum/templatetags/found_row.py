"""A post that a search has found: `{% found_row post %}`. As with rows of threads, those of one look are made once."""

from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from community.threads.models import Kind
from forum.templatetags.house import when
from forum.templatetags.made_once import Own, made_once

register = template.Library()

KINDS = dict(Kind.choices)


@register.simple_tag
def found_row(post: Any) -> SafeString:
    """The post comes with what views.results has found out about it."""
    marks = post.marks or {}
    own = {
        "key": post.pk,
        "title": post.title_found,
        "found": post.found,
        "turn": post.turn,
        "wait": when(post.turn_since, "ago"),
        "turn_more": post.turn_more,
        "space": post.thread.space.name,
        "called": post.author.called,
        # Links of also.html, made of numbers.
        "also": mark_safe("".join(map(link_to, post.also))),
        "more": post.more,
        "too": post.thread.me_too_count,
        "others": marks.get("others"),
        "at": when(post.created_at, "short"),
    }
    return made_once(
        "components/found.html",
        tone=post.tone,
        kind=_("Question") if post.number == 1 else str(KINDS[post.kind]),
        official=post.is_official,
        marked=bool(marks),
        support=bool(marks.get("support")),
        asker=marks.get("asker") or "",
        # What there is none of is not there: the row says something else then.
        **{name: Own(value) for name, value in own.items() if value},
    )


def link_to(hit: Any) -> SafeString:
    # A note has no number that others count.
    return made_once("components/also.html", key=Own(hit.pk), **({"number": Own(hit.number)} if hit.number else {}))
