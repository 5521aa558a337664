"""One way to narrow a list: `{% facet facet %}`. A page has a hundred choices that look alike: one piece, made once."""

from django import template
from django.utils.safestring import SafeString, mark_safe

from community.threads.facets import Choice, Facet
from forum.templatetags.made_once import Own, made_once

register = template.Library()


@register.simple_tag(name="facet")
def facet_menu(shown: Facet) -> SafeString | str:
    if len(shown.choices) < 2:
        return ""
    chosen = shown.chosen
    return made_once(
        "components/facet.html",
        chosen=bool(chosen),
        words=Own(chosen.words if chosen else shown.words),
        # Lines of choice.html, each of which has escaped its words.
        choices=Own(mark_safe("".join(map(as_line, shown.choices)))),
    )


def as_line(choice: Choice) -> SafeString:
    group = {"group": Own(choice.group)} if choice.group else {}
    return made_once(
        "components/choice.html",
        current=choice.current,
        url=Own(choice.url),
        words=Own(choice.words),
        count=Own(choice.count),
        **group,
    )
