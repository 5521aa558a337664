"""Invisible, reordering and broken characters."""

import pytest

from community.prose import render

OVERRIDE = "\u202e"
ISOLATE = "\u2067"


@pytest.mark.parametrize("character", ["\x00", chr(0xD800), chr(0xDFFF), "\x80", "\ufffe"], ids=ascii)
def test_what_no_store_takes_becomes_the_sign_for_it(character):
    assert render(f"a{character}b") == "<p>a\ufffdb</p>\n"


def test_control_characters_are_shown():
    assert render("a\x07b\x7fc") == "<p>a\u2407b\u2421c</p>\n"


def test_terminal_colours_are_taken_out_of_a_pasted_log():
    assert render("\x1b[1;31mERROR\x1b[0m disk full") == "<p>ERROR disk full</p>\n"


def test_all_line_ends_are_the_same():
    assert render("a\r\n\r\nb\r\rc") == render("a\n\nb\n\nc")


def test_an_override_is_shown_and_not_obeyed():
    html = render(f"photo{OVERRIDE}gpj.exe")

    assert html == '<p><bdi>photo<span class="control">U+202E</span>gpj.exe</bdi></p>\n'


def test_isolates_and_embeddings_end_where_their_text_ends():
    assert render(f"a {ISOLATE}b **c**") == f"<p><bdi>a {ISOLATE}b </bdi><strong>c</strong></p>\n"


@pytest.mark.parametrize("text", ["`a{}b`", "```\na{}b\n```", "```python\na = 'a{}b'\n```", "    a{}b"])
@pytest.mark.parametrize("character", [OVERRIDE, ISOLATE, "\u200b", "\ufeff", "\u200f"])
def test_code_shows_everything_invisible(text, character):
    html = render(text.format(character))

    assert f'<span class="control">U+{ord(character):04X}</span>' in html
    assert character not in html


@pytest.mark.parametrize("text", ['![a{}](https://relay.example/a.png "b{}")', '[a](/b "c{}")', "[a](/b{})"])
def test_nothing_reorders_inside_an_attribute(text):
    assert OVERRIDE not in render(text.replace("{}", OVERRIDE))


def test_an_address_cannot_decode_itself_into_an_override():
    assert OVERRIDE not in render("https://relay.example/%E2%80%AEgpj.exe")


def test_joiners_that_scripts_and_emoji_need_stay():
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467 می\u200cخواهم"

    assert render(family) == f"<p>{family}</p>\n"
