"""Words with a number in them that only a script knows: it is given every form that the reader's language has."""

from collections.abc import Callable

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext

register = template.Library()

# What a language calls its forms (CLDR, which is what Intl.PluralRules answers), each with a number that it is for.
FORMS: dict[str, dict[str, int]] = {
    "ar": {"zero": 0, "one": 1, "two": 2, "few": 3, "many": 11, "other": 100},
    "fr": {"one": 1, "many": 1_000_000, "other": 2},
    "es": {"one": 1, "many": 1_000_000, "other": 2},
}
MOST: dict[str, int] = {"one": 1, "other": 2}

WORDS: dict[str, Callable[[int], str]] = {
    "new-reply": lambda n: ngettext("%n% new reply", "%n% new replies", n),
    "reply": lambda n: ngettext("%n% reply", "%n% replies", n),
    "edit": lambda n: ngettext("%n% edit", "%n% edits", n),
    "removal": lambda n: ngettext("%n% post removed", "%n% posts removed", n),
    "change": lambda n: ngettext("%n% other change", "%n% other changes", n),
    "typing-many": lambda n: ngettext("%n% person is replying", "%n% people are replying", n),
    "flags": lambda n: ngettext("%n% new: show", "%n% new: show", n),
    "desk": lambda n: ngettext("%n% new: show", "%n% new: show", n),
    "threads": lambda n: ngettext("%n% new or changed: show", "%n% new or changed: show", n),
}


@register.simple_tag
def counted_words(*names: str) -> SafeString:
    """Attributes data-words-<name>-<form> for the scripts' `words()`; %n% is where the number goes."""
    forms = FORMS.get(get_language() or "", MOST)
    return format_html_join(
        "",
        ' data-words-{}-{}="{}"',
        ((name, form, WORDS[name](number)) for name in names for form, number in forms.items()),
    )
