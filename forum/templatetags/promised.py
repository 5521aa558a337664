"""What is promised for a time, said in that time."""

from datetime import datetime, timedelta

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from .house import when

register = template.Library()

# Within it the end of a window needs no day of its own.
SAME_DAY = timedelta(hours=12)


@register.simple_tag
def window(begins: datetime | None, until: datetime) -> SafeString | str:
    """`28 Nov, 07:00 to 07:30`, or `by 28 Nov, 07:30`, in times that the browser rewrites in the reader's zone."""
    if begins is None:
        words, times = _('by <b class="nowrap">{until}</b>'), {"until": when(until)}
    else:
        ends = when(until, "clock" if until - begins < SAME_DAY else "stamp")
        words = _('<b class="nowrap">{begin}</b> to <b class="nowrap">{until}</b>')
        times = {"begin": when(begins), "until": ends}
    return format_html(words, **times)
