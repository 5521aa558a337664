"""A post in one line: for descriptions, feeds, mails and search."""

import pytest

from community.prose import excerpt, render


def short(text: str, length: int | None = None) -> str:
    return excerpt(render(text), length)


def test_an_excerpt_is_the_words_without_the_markup():
    text = "# Keys\n\nSee **both** `keys` & <slots>:\n\n- one\n- two\n\n| a | b |\n|---|---|\n| 1 | 2 |"

    assert short(text) == "Keys See both keys & <slots>: one two a b 1 2"


def test_words_are_not_torn_apart_by_emphasis_or_colours():
    assert short("un**believ**able\n\n```python\nimport os.path\n```") == "unbelievable import os.path"


def test_a_short_text_is_left_alone():
    assert short("twelve chars", 12) == "twelve chars"


@pytest.mark.parametrize(
    ("length", "expected"),
    [(16, "the slot table…"), (15, "the slot table…"), (14, "the slot…"), (9, "the slot…"), (4, "the…"), (1, "…")],
)
def test_a_long_text_is_cut_between_words(length, expected):
    assert short("the slot table, it counts", length) == expected


def test_one_long_word_is_cut_where_it_must_be():
    assert short("a" * 50, 10) == "aaaaaaaaa…"


def test_what_is_hidden_stays_hidden():
    text = "it was ||the butler||!\n\n:::spoiler Log\nsecret *thing*\n:::\n\nafter"

    assert short(text) == "it was ! after"


def test_signs_for_footnotes_are_not_words():
    assert short("a[^1] b\n\n[^1]: the note") == "a b the note"


def test_nothing_in_an_excerpt_reorders_what_stands_beside_it():
    assert short("a \u2067b \u202ec") == "a b U+202Ec"


def test_line_breaks_and_pictures_leave_a_space_at_most():
    assert short("a\nb ![c](/attachments/1) d") == "a b d"


def test_plain_text_is_its_own_excerpt():
    assert excerpt("if a & b then 3 > 2", 100) == "if a & b then 3 > 2"


def test_the_start_of_a_long_post_is_found_without_reading_all_of_it():
    html = render("a *b*\n\n" * 500)

    assert excerpt(html, 20) == "a b a b a b a b a b…"
