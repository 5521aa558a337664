"""Every colour of the look reads on every ground it stands on, by day and by night."""

from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from cms.checks import tokens_read
from cms.colours import RULES, SCHEMES, TOKENS, Colour, measured, tokens


def test_every_colour_reads_on_its_grounds_by_day_and_by_night():
    assert [str(measure) for measure in measured(tokens()) if not measure.holds] == []
    assert len(measured(tokens())) == len(RULES) * len(SCHEMES)


def test_a_look_of_ones_own_takes_the_place_of_ours_and_is_measured(settings, tmp_path):
    pale = tmp_path / "forum/css/tokens.css"
    pale.parent.mkdir(parents=True)
    ours = Path(finders.find(TOKENS)).read_text()
    pale.write_text(ours.replace("--ink-faint:  light-dark(oklch(45%", "--ink-faint:  light-dark(oklch(65%"))
    settings.STATICFILES_DIRS = [tmp_path]
    finders.get_finder.cache_clear()
    try:
        warnings = [warning.msg for warning in tokens_read()]
    finally:
        finders.get_finder.cache_clear()

    assert warnings[0].startswith("tokens.css, light: ink-faint on paper has 3.")
    assert all("ink-faint" in warning for warning in warnings)


def test_a_colour_that_is_missing_or_too_pale_is_told():
    palette = tokens()
    del palette["dark"]["owe"]
    palette["light"]["act"] = Colour.of_hex("#3b82f6")

    failing = [str(measure) for measure in measured(palette) if not measure.holds]

    assert "dark: owe on paper has 1.0:1, needs 7:1" in failing
    assert "light: act on paper has 3.6:1, needs 7:1" in failing


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    # Published values of WCAG's formula.
    [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48), ("#0000ff", "#ffffff", 8.59)],
)
def test_contrast_is_measured_as_the_guidelines_say(one, other, ratio):
    assert Colour.of_hex(one).on(Colour.of_hex(other)) == pytest.approx(ratio, abs=0.01)


@pytest.mark.parametrize("written", ["#0f4ea3", "#ffffff", "#00ff00", "#123456"])
def test_a_colour_comes_back_as_it_went(written):
    assert Colour.of_hex(written).hex == written


def test_what_no_screen_shows_keeps_its_lightness():
    loud = Colour.of_oklch("44% .4 258")

    assert Colour.of_hex(loud.hex).lightness == pytest.approx(loud.lightness, abs=0.01)
