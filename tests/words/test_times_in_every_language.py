"""A time says the same in the page as it came and in the reader's browser, in every language; nothing moves."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Template
from django.utils import translation

from community import clock
from forum.dates import MONTHS, WEEKDAYS
from forum.templatetags.house import duration
from tests.browsers import CHROMIUM, NOT_FOUND
from tests.live.test_an_open_page import browser

__all__ = ["browser"]

NOW = datetime(2026, 12, 20, 20, 30, tzinfo=UTC)
TIMES_JS = Path(settings.ROOT / "forum/static/forum/js/times.js")
LANGUAGES = [code for code, _name in settings.LANGUAGES]
PAGE = Template(
    '{% load house %}<!DOCTYPE html><html lang="{{ code }}"><body{% durations %}>'
    "{% for moment, form in times %}<p>{% when moment form %}</p>{% endfor %}</body></html>"
)


def times() -> list[tuple[datetime, str]]:
    months = [datetime(year, month, 9, 7, 5, tzinfo=UTC) for year in (2024, 2026) for month in range(1, 12)]
    week = [NOW - timedelta(days=days) for days in range(1, 6)]
    minutes = (0, 1, 2, 11, 59, 60, 61, 1439, 1440, 4321, 14399, 14401, 200_000, 3_000_000)
    return (
        [(moment, form) for moment in months for form in ("stamp", "date", "short", "clock")]
        + [(moment, form) for moment in week for form in ("date", "short")]
        + [(NOW - timedelta(minutes=some), "ago") for some in minutes]
    )


def test_every_language_of_the_house_names_its_months_and_days():
    for code in LANGUAGES:
        assert (len(MONTHS[code].split()), len(WEEKDAYS[code].split())) == (12, 7)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("en", "9 Mar, 07:05"),
        ("de", "9. März, 07:05"),
        ("fr", "9 mars, 07:05"),
        ("es", "9 mar, 07:05"),
        ("ar", "9 مارس، 07:05"),
    ],
)
def test_a_day_is_written_as_its_language_does(code, said):
    clock.set_to(NOW)

    with translation.override(code):
        page = PAGE.render(Context({"times": [(datetime(2026, 3, 9, 7, 5, tzinfo=UTC), "stamp")]}))

    assert f">{said}</time>" in page


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_span_is_never_written_with_separators_or_letters_of_another_kind(code):
    with translation.override(code):
        assert "1000" in duration(timedelta(days=365 * 1000))


@pytest.mark.journey
@pytest.mark.heavy
@pytest.mark.skipif(not CHROMIUM, reason=NOT_FOUND)
@pytest.mark.parametrize("code", LANGUAGES)
async def test_the_browser_writes_what_the_server_wrote(browser, code):
    clock.set_to(NOW)
    with translation.override(code):
        html = PAGE.render(Context({"times": times(), "code": code}))
    context = await browser.new_context(timezone_id="UTC", locale="en-US")
    page = await context.new_page()
    await page.clock.set_fixed_time(NOW)
    await page.set_content(html)
    script = "times => times.map(time => `${time.dataset.when} ${time.textContent}`)"
    written = await page.eval_on_selector_all("time", script)

    await page.add_script_tag(content=TIMES_JS.read_text(), type="module")
    await page.wait_for_function("document.querySelector('time').title.includes(2024)")

    assert await page.eval_on_selector_all("time", script) == written
    await context.close()
