"""Where lines run from right to left, everything that stands in them turns round, and nothing else."""

import re
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.test import Client

from forum.catalogues import catalogues
from forum.templatetags.house import icon
from tests import make

STYLES = sorted((settings.ROOT / "forum/static/forum/css").glob("*.css"))
# Sides of the screen instead of sides of the line. Top and bottom are the same for everybody.
PHYSICAL = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border|inset|scroll-margin|scroll-padding)-(?:left|right)[\w-]*|left|right)\s*:"
    r"|(?:text-align|float|clear)\s*:\s*(?:left|right)|border-(?:top|bottom)-(?:left|right)-radius"
)
# Code runs from left to right in every language.
OF_CODE = "direction: ltr; text-align: left"


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_styles_speak_of_the_line_and_not_of_the_screen(path: Path):
    assert PHYSICAL.findall(path.read_text().replace(OF_CODE, "")) == []


@pytest.mark.parametrize("rule", ["margin-left: 1px", "a { left: 0 }", "text-align: right", "float: left"])
def test_a_side_of_the_screen_is_found(rule):
    assert PHYSICAL.search(rule)


@pytest.mark.parametrize(
    ("name", "turns"), [("reply", True), ("left", True), ("external", True), ("clock", False), ("check", False)]
)
def test_arrows_along_the_line_turn_and_clocks_and_checks_do_not(name, turns):
    assert ('class="turns"' in icon(name)) is turns


def test_a_number_sign_after_arabic_letters_stays_before_its_digits():
    """Without the mark that begins a run from left to right, #23 is shown as 23#."""
    arabic = polib.pofile(str(catalogues()["ar"]))
    said = [words for entry in arabic for words in (entry.msgstr, *entry.msgstr_plural.values())]

    assert [words for words in said if re.search(r"(?<![\u200e\u200f])#[%{]", words)] == []


@pytest.mark.django_db
def test_what_people_wrote_and_are_called_keeps_its_own_direction_on_an_arabic_page():
    thread = make.thread(by=make.member("fenwick"), title="Keys expired")

    page = Client(headers={"accept-language": "ar"}).get(thread.get_absolute_url()).text

    assert '<html lang="ar" dir="rtl"' in page
    assert re.search(r"<h1[^>]*>\s*<bdi[^>]*>Keys expired</bdi>|<h1[^>]*dir=\"auto\"", page)
    assert '<div class="text" dir="auto">' in page
