"""Days, months and times as a language writes them: the same words as the reader's browser finds for them.

Pages are written in UTC and rewritten in the reader's zone by `js/times.js`, which asks Intl; where the two said a day
differently, every time on a page would change under the reader's eyes. Django's own names are those of no browser.
"""

from datetime import date, datetime

from django.utils import formats
from django.utils.translation import get_language

MONTHS = {
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec",
    "de": "Jan. Feb. März Apr. Mai Juni Juli Aug. Sept. Okt. Nov. Dez.",
    "fr": "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
    "es": "ene feb mar abr may jun jul ago sept oct nov dic",
    "ar": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
}
WEEKDAYS = {
    "en": "Mon Tue Wed Thu Fri Sat Sun",
    "de": "Mo Di Mi Do Fr Sa So",
    "fr": "lun. mar. mer. jeu. ven. sam. dim.",
    "es": "lun mar mié jue vie sáb dom",
    "ar": "الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد",
}


def clock_time(moment: datetime) -> str:
    return f"{moment:%H:%M}"


def weekday(moment: datetime) -> str:
    names = WEEKDAYS.get(get_language() or "")
    return names.split()[moment.weekday()] if names else formats.date_format(moment, "D")


def month(moment: date) -> str:
    names = MONTHS.get(get_language() or "")
    return names.split()[moment.month - 1] if names else formats.date_format(moment, "M")


def day(moment: date, *, with_year: bool = True) -> str:
    number = f"{moment.day}." if get_language() == "de" else f"{moment.day}"
    return f"{number} {month(moment)} {moment.year}" if with_year else f"{number} {month(moment)}"


def month_of_year(moment: datetime) -> str:
    return f"{month(moment)} {moment.year}"


def day_and_time(moment: datetime, *, with_year: bool = True) -> str:
    return f"{day(moment, with_year=with_year)}{comma()}{clock_time(moment)}"


def comma() -> str:
    """What stands between two things in a row."""
    return "، " if get_language() == "ar" else ", "
