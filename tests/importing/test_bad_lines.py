import json

import pytest

from community.threads.importing import lines
from community.threads.models import Post, Thread
from tests.importing.foreign import post, thread

pytestmark = pytest.mark.django_db


def without(found: dict, key: str) -> dict:
    return {name: value for name, value in found.items() if name != key}


BAD = {
    "not JSON at character 8": b'{"id": }\n',
    "not UTF-8 at byte 9": b'{"id": "\xff"}\n',
    "not an object with id": b"[1, 2]\n",
    "not JSON": b"[" * 100_000 + b"\n",
    "id is missing": without(thread(), "id"),
    "id is neither a number nor a text": thread({"a": 1}),
    "title is missing": without(thread(), "title"),
    "title is empty": thread(title=" \n "),
    "title has 201 characters": thread(title="a" * 201),
    "title has a NUL character": thread(title="nul\0"),
    "title has half a character": thread(title="\ud800"),
    "title is not a text": thread(title=5),
    "created_at is missing": without(thread(), "created_at"),
    "created_at is not a time: yesterday": thread(created_at="yesterday"),
    "created_at does not say its time zone": thread(created_at="2026-03-01T10:00:00"),
    "posts is missing": without(thread(), "posts"),
    "posts is empty": thread() | {"posts": []},
    "posts is not a list": thread() | {"posts": "none"},
    "post 1: not an object": thread() | {"posts": ["hello"]},
    "post 1: author is missing": thread(1, without(post(1), "author")),
    "post 1: author is empty": thread(1, post(1, " ")),
    "post 2: body is empty": thread(1, post(1), post(2, body="\n")),
    "post 2: body is missing": thread(1, post(1), without(post(2), "body")),
    "post 2: body has a NUL character": thread(1, post(1), post(2, body="a\0b")),
    "post 1: number is not a whole number": thread(1, post("1")),
    "post 1: number is 0": thread(1, post(0)),
    "two posts have the number 2": thread(1, post(1), post(2), post(2)),
    "post 1: This text has": thread(1, post(1, body="a" * 60_000)),
}


@pytest.mark.parametrize("reason", BAD)
def test_a_line_that_cannot_be_taken_says_why_and_leaves_nothing(importing, file_of, everything_there, reason):
    before = everything_there()

    report = importing(file_of(b"\n", BAD[reason]))

    assert report.failed
    assert f"Line 2 was not taken: {reason}" in report
    assert everything_there() == before


def test_the_lines_around_a_bad_one_are_taken(importing, file_of):
    report = importing(file_of(thread(1), b"nonsense\n", thread(2), b"{}\n", thread(3)))

    assert report.failed
    assert "Threads taken: 3, here already: 0, lines not taken: 2" in report
    assert "Line 2" in report
    assert "Line 4" in report
    assert Thread.objects.count() == 3


def test_a_file_that_breaks_off_gives_what_it_has_and_says_so(importing, file_of):
    path = file_of(*(thread(number, post(1, body=f"{number} " * 200)) for number in range(500)), name="half.jsonl.gz")
    path.write_bytes(path.read_bytes()[:-400])

    report = importing(path)

    assert report.failed
    assert "the file is damaged from here on" in report
    assert Thread.objects.count() > 0


def test_a_line_without_end_is_not_read_into_memory(importing, file_of, monkeypatch):
    monkeypatch.setattr(lines, "LONGEST_LINE", 2000)

    report = importing(file_of(thread(1), b"x" * 10_000 + b"\n", thread(2)))

    assert "Line 2 was not taken: longer than" in report
    assert Thread.objects.count() == 2


def test_a_file_that_is_not_there_is_said_in_one_sentence(importing, tmp_path):
    report = importing(tmp_path / "nothing.jsonl")

    assert report.failed
    assert "There is no file" in report


def test_more_formatting_than_a_post_can_show_is_kept_as_plain_text_and_reported(importing, file_of):
    too_deep = ">" * 200 + " why\n```\ncode"

    report = importing(file_of(thread(1, post(1, body=too_deep))))

    kept = Post.objects.get()
    assert not report.failed
    assert "Line 1, post 1: more formatting than a post can show, kept as plain text" in report
    assert too_deep in kept.body
    assert "&gt;&gt;&gt;" in kept.html


def test_raw_html_of_the_other_place_is_never_trusted(importing, file_of):
    bad = "<script>alert(1)</script>"

    importing(file_of(thread(1, post(1, body=bad, body_html=bad), title=bad)))

    assert "<script" not in Post.objects.get().html
    assert Thread.objects.get().title == bad


def test_words_in_any_script_are_kept_letter_by_letter(importing, file_of):
    said = "لا تصل الإشعارات 🤷🏽 — naïve"

    importing(file_of(json.dumps(thread(1, post(1, body=said)), ensure_ascii=False).encode() + b"\n"))

    assert Post.objects.get().body == said
