"""What holds for every template: no inline code, only icons that exist, only classes' own logical sides."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
STATIC = ROOT / "forum" / "static" / "forum"
ICON = re.compile(r"""{% icon ["']([a-z-]+)["']""")
# Data for a script is not code: the browser runs nothing of it.
INLINE_CODE = re.compile(
    r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/(?:ld\+)?json\")|<style|\sstyle=|\son[a-z]+=\""
)
PHYSICAL_SIDE = re.compile(r"(?<![\w-])(?:margin|padding|border)-(?:left|right)|(?<![\w-])(?:left|right|float)\s*:")


def icons_drawn() -> set[str]:
    return set(re.findall(r'<symbol id="([^"]+)"', (STATIC / "icons.svg").read_text()))


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_a_template_brings_no_inline_code_and_names_icons_that_exist(template):
    text = template.read_text()

    assert INLINE_CODE.findall(text) == []
    assert set(ICON.findall(text)) <= icons_drawn()


@pytest.mark.parametrize("sheet", sorted((STATIC / "css").glob("*.css")), ids=lambda path: path.name)
def test_a_style_sheet_knows_start_and_end_but_not_left_and_right(sheet):
    assert PHYSICAL_SIDE.findall(sheet.read_text()) == []


@pytest.mark.parametrize("sheet", sorted((STATIC / "css").glob("*.css")), ids=lambda path: path.name)
def test_only_the_tokens_name_colours(sheet):
    named = re.findall(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(", sheet.read_text())

    assert named == ([] if sheet.name != "parts.css" else ["#fff"])  # the ground of a QR code is white for cameras
