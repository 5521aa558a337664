"""Times to the second, as they tick; what ticks on in the browser is `js/fresh.js`."""

from datetime import UTC, datetime, timedelta

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from community import clock

register = template.Library()


@register.filter
def ticking(span: timedelta | None) -> str:
    """0:42, 12:05, 1:02:05."""
    minutes, seconds = divmod(int(max(span or timedelta(), timedelta()).total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


@register.simple_tag
def ticks(moment: datetime) -> SafeString:
    """How long ago `moment` was, and on from there."""
    exact = moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
    words = ticking(clock.now() - moment)
    return format_html('<time class="nowrap" datetime="{}" data-ticks>{}</time>', exact, words)
