"""Which languages there are, and which one is spoken where."""

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()


@register.simple_tag
def tongues() -> list[tuple[str, str]]:
    """Code and name of each language, the name in that language: whoever looks for it reads no other."""
    return list(settings.LANGUAGES)


@register.simple_tag
def by_editors() -> SafeString | str:
    """Marks an element with words of our editors, who write in the house's own language, for readers of another."""
    return "" if get_language() == settings.LANGUAGE_CODE else format_html(' lang="{}"', settings.LANGUAGE_CODE)
