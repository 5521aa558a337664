"""What every template of the house may say: icons, faces, times and durations.

The output is the same for every reader, because posts are rendered once and sent to all. Times are therefore written in
UTC, and the reader's browser turns them into the reader's own zone (`js/times.js`).
"""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from django import template
from django.conf import settings
from django.core.paginator import Paginator
from django.forms import BoundField
from django.http import QueryDict
from django.template import Context
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms import brand
from community import clock
from community.threads import signs
from forum import dates

register = template.Library()

# These run along the line of text, so they turn round where the line runs from right to left.
ALONG_THE_LINE = frozenset({"reply", "hand", "left", "right", "login", "logout", "external", "move"})

# A span as people say it, by the largest part of it. The browser is told the same (`durations`).
DURATIONS = {
    "moment": gettext_lazy("under 1 min"),
    "minutes": gettext_lazy("%(minutes)s min"),
    "hours": gettext_lazy("%(hours)s h %(minutes)s min"),
    "few-days": gettext_lazy("%(days)s d %(hours)s h"),
    "days": gettext_lazy("%(days)s d"),
    "months": gettext_lazy("%(months)s mo"),
    "years": gettext_lazy("%(years)s y"),
}


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """The icon `name` of the sprite, 16 px in the colour of the words beside it.

    Without `label` it is decoration and hidden from screen readers.
    """
    turns = mark_safe(' class="turns"') if name in ALONG_THE_LINE else ""
    heard = format_html(' role="img" aria-label="{}"', label) if label else mark_safe(' aria-hidden="true"')
    return format_html(
        '<svg width="16" height="16"{}{}><use href="{}#{}"></use></svg>', turns, heard, static("forum/icons.svg"), name
    )


@register.filter
def initials(person: object) -> str:
    """Two capital letters for `person`, a member or a name: FI for fenwick-it, OS for osier."""
    called = person if isinstance(person, str) else getattr(person, "called", "") or ""
    words = [word for word in "".join(c if c.isalnum() else " " for c in str(called)).split() if word]
    if not words:
        return "?"
    letters = words[0][0] + words[-1][0] if len(words) > 1 else words[0][:2]
    return letters.upper()


@register.simple_tag
def face(person: Any, size: str = "", *, of_reader: bool = False) -> SafeString:
    """The face of `person`: initials beside a post, the generated picture where `size` is "large".

    Initials need no request, and a long thread shows many faces. Staff's are solid ink; a former member has none.
    """
    marks = ["face"]
    if getattr(person, "is_team", False):
        marks.append("staff")
    if of_reader:
        marks.append("you")
    if size:
        marks.append(size)
    handle = getattr(person, "handle", "")
    if size == "large" and handle:
        return format_html('<img class="{}" src="{}" width="64" height="64" alt="">', " ".join(marks), person.face_url)
    letters = "\N{EN DASH}" if getattr(person, "erased_at", None) else initials(person)
    return format_html('<span class="{}" aria-hidden="true">{}</span>', " ".join(marks), letters)


@register.filter
def duration(span: timedelta | int | float | None) -> str:
    """`span` (a timedelta, or seconds) as people say it: under 1 min, 41 min, 3 h 12 min, 2 d 4 h, 40 d, 14 mo, 3 y."""
    if span is None or span == "":
        return ""
    seconds = span.total_seconds() if isinstance(span, timedelta) else float(span)
    if 0 < seconds < 60:
        return str(DURATIONS["moment"])
    minutes = int(max(seconds, 0) // 60)
    if minutes < 60:
        return str(DURATIONS["minutes"] % {"minutes": minutes})
    hours, minutes = divmod(minutes, 60)
    if hours < 24:
        return str(DURATIONS["hours"] % {"hours": hours, "minutes": f"{minutes:02}"})
    days, hours = divmod(hours, 24)
    if days < 10:
        return str(DURATIONS["few-days"] % {"days": days, "hours": hours})
    if days < 90:
        return str(DURATIONS["days"] % {"days": days})
    if days < 730:
        return str(DURATIONS["months"] % {"months": days // 30})
    return str(DURATIONS["years"] % {"years": days // 365})


@register.simple_tag(takes_context=True)
def shown_stamp(context: Context) -> str:
    """When the form was shown, signed."""
    return signs.shown_stamp(getattr(context, "request", None))


@register.simple_tag
def durations() -> SafeString:
    """Attributes data-span-<part>: how the reader's language says each of them, with %minutes% where a number goes."""
    places = {name: f"%{name}%" for name in ("minutes", "hours", "days", "months", "years")}
    return format_html_join("", ' data-span-{}="{}"', ((part, words % places) for part, words in DURATIONS.items()))


@register.filter
def since(moment: datetime | None) -> str:
    """How long ago `moment` was, as a duration without "ago"."""
    return duration(clock.now() - moment) if moment else ""


@register.simple_tag
def when(moment: datetime | None, form: str = "stamp") -> SafeString | str:
    """`moment` as a `<time>` in UTC that the browser rewrites in the reader's zone.

    `form` is "stamp" (9 Feb, 16:42), "date", "clock" (16:42), "short" (clock today, weekday this week, then a
    date or a month), "ago" (a running duration without "ago"; the exact time is behind it) or "left" (the same for what
    is still to come).
    """
    if not moment:
        return ""
    moment = moment.astimezone(UTC)
    exact = _("%(time)s UTC") % {"time": dates.day_and_time(moment)}
    if form == "ago":
        words = since(moment)
    elif form == "left":
        words = duration(moment - clock.now())
    elif form == "short":
        words = short(moment)
    elif form == "clock":
        words = dates.clock_time(moment)
    else:
        # Without the year while it is this year: as the browser writes it in its place, so that nothing moves.
        say = {"stamp": dates.day_and_time, "date": dates.day}[form]
        words = say(moment, with_year=moment.year != clock.now().year)
    return format_html(
        '<time datetime="{}" data-when="{}" title="{}">{}</time>',
        moment.isoformat(timespec="seconds").replace("+00:00", "Z"),
        form,
        exact,
        words,
    )


def short(moment: datetime) -> str:
    """The shortest form that is still plain: 13:50 within the day, Mon within the week, 9 Feb, Feb 2024."""
    now = clock.now().astimezone(UTC)
    if moment.date() == now.date():
        return dates.clock_time(moment)
    if timedelta() < now - moment < timedelta(days=6):
        return dates.weekday(moment)
    # The day of something that old is behind the date; a row has room for no more.
    return dates.day(moment, with_year=False) if moment.year == now.year else dates.month_of_year(moment)


@register.filter
def day(on: date) -> str:
    """9 Feb 2026: a day that is the same in every zone."""
    return dates.day(on)


@register.filter
def exact_time(moment: datetime) -> str:
    """9 Feb 2026, 16:42: where no browser rewrites it."""
    return dates.day_and_time(moment.astimezone(UTC))


@register.simple_tag
def comma() -> str:
    return dates.comma()


@register.simple_tag
def house_name() -> str:
    """What this community calls itself."""
    return brand.current().name


@register.simple_tag
def house_brand() -> brand.Brand:
    """Its name, logo and colours."""
    return brand.current()


@register.simple_tag
def worker_address() -> str:
    """Where browsers find the worker of our pages; "" while files come from the source, under names that stay."""
    return "" if settings.STATIC_FROM_SOURCE else reverse("worker")


@register.simple_tag
def here(path: str, at: str) -> SafeString | str:
    """`aria-current` for a link to `path` when the page shown, `at`, is that path or lies below it."""
    if not path or not (at or "").startswith(path):
        return ""
    return mark_safe(' aria-current="page"' if at == path else ' aria-current="true"')


@register.simple_tag(takes_context=True)
def with_query(context: Context, **changes: object) -> str:
    """The query string of this page with `changes`; a value of None takes a key away. Starts with "?"."""
    request = context.get("request")
    query = request.GET.copy() if request is not None else QueryDict(mutable=True)
    for key, value in changes.items():
        if value is None or value == "":
            query.pop(key, None)
        else:
            query[key] = str(value)
    return f"?{query.urlencode()}"


ASKER_WORDS = {
    "yes": gettext_lazy("yes"),
    "no": gettext_lazy("says no"),
    "": gettext_lazy("not yet"),
}


@register.filter
def asker_word(answer: object) -> str:
    """What the asker's mark says: "yes", "no" or anything empty."""
    said = answer if isinstance(answer, str) else ("yes" if answer else "")
    return str(ASKER_WORDS.get(said, ASKER_WORDS[""]))


@register.filter
def is_kind(field: BoundField, kind: str) -> bool:
    """Whether a widget of `kind` draws the form `field`: "checkbox", "choices", "hidden", "textarea" or "file"."""
    input_type = getattr(field.field.widget, "input_type", "textarea")
    multiple = type(field.field.widget).__name__ in {"RadioSelect", "CheckboxSelectMultiple"}
    if kind == "choices":
        return multiple
    return input_type == kind and not multiple


@register.filter
def without_placeholder(field: BoundField) -> BoundField:
    """The bound form `field` without words inside it: the label already says them, and they go when one types."""
    field.field.widget.attrs.pop("placeholder", None)
    return field


BROWSERS = (("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
DEVICES = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


@register.filter
def browser_name(user_agent: str) -> str:
    """What a person would call the browser that sends `user_agent`: "Firefox, Windows"."""
    found = [next((name for sign, name in table if sign in user_agent), "") for table in (BROWSERS, DEVICES)]
    return ", ".join(name for name in found if name) or _("Unknown browser")


@register.filter
def pages_near(paginator: Paginator, number: int) -> list[int]:
    """Page numbers worth a link beside page `number`: the ends, the neighbours, and 0 where some are left out."""
    last = paginator.num_pages
    wanted = sorted({1, last, *range(max(1, number - 1), min(last, number + 1) + 1)})
    shown: list[int] = []
    for page in wanted:
        if shown and page - shown[-1] == 2:
            shown.append(page - 1)
        elif shown and page - shown[-1] > 2:
            shown.append(0)
        shown.append(page)
    return shown


@register.simple_tag
def site_url(path: str) -> str:
    """The whole address of a path. The root comes from the settings, never from what a request claims."""
    return f"{settings.SITE_URL}{path}"
