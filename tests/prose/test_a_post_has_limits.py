"""The nastiest texts there are: answered quickly, or refused with words that help."""

import time

import pytest

from community.prose import MAX_LENGTH, TooMuch, mentioned_handles, render
from community.prose.limits import MAX_GROWTH, MAX_HTML_LENGTH, SMALL_HTML_LENGTH

# Seconds of work. Ten times what is promised: a busy machine is slow, a super-linear parser a hundred times slower.
PATIENCE = 2.0


def filled(piece: str, *, head: str = "", length: int = MAX_LENGTH) -> str:
    return (head + piece * (length // len(piece) + 1))[:length]


REPEATED = [
    "*", "_", "~", "`", "[", "]", "!", "(", "<", ">", "&", "\\", "|", "#", "@", ":", "-", "=", "\n", "\t", "'", '"',
    "\x00", "\u202e", "*a", "*a ", "**a ", "**a**b", "*a **a ", "_a __a ", "*a_ ", "a**b", "~~a ", "||a ",
    "*a~~b||c_d", "_____^", "`a", "``a`b", "![", "![a", "[a](", "[a](b", "[a](<b", '[a](b "', "[a](b 'c", "[](b)",
    "[a][", "[[a]", "[[[a]]]", "[^a", "[^a]", "<a", "<a@b.c>", "<http://a>", "<!--", "<![CDATA[", "http://a.b",
    "http://a.b ", "http://a/(", "www.", "www.a.b ", "://", "https://", "@abc ", "#12 ", "&amp;", "&#1;", "\\*",
    "\\\n", "a\n", "a\n\n", "- a\n", "-\n", "1. a\n", "* * ", "- - - ", "> a\n", "> ", "> - a\n", "# a\n", "a\n=\n",
    "a\n-\n", "---\n", "```\n", "```py\nx\n```\n", "    a\n\n", "|a\n", "|a|b\n|-|-\n", "|a\n|-\n|a\n\n",
    "[a]: b\n", "[^a]: b\n\n", "[a]: b '\n", "- [ ] a\n", ":::spoiler\n", ":::spoiler\n:::\n",
    "\n1. #12||\n:::spoiler\n", "[#1", "\n\n\n](_", '*"', "[a](b)", "`` `` ", "\x1b[0m",
]  # fmt: skip
BUILT = {
    "one long definition used everywhere": filled("[a]", head=f"[a]: /{'x' * 1_900}\n\n"),
    "a short definition used everywhere": filled("[a] ", head="[a]: /x\n\n"),
    "a long footnote used everywhere": filled("[^a] ", head=f"[^a]: {'x ' * 900}\n\n"),
    "footnotes never closed": filled("[^a", head="[^a]: x\n\n"),
    "footnotes that lead to footnotes": "".join(f"[^{n}]: [^{n + 1}]\n\n" for n in range(2_500)) + "[^0]",
    "thousands of definitions": "".join(f"[{n}]: /x\n" for n in range(4_000)),
    "a wide table filled up": filled("a\n", head="|a" * 256 + "\n" + "|-" * 256 + "\n"),
    "a narrow table filled up": filled("a\n", head="|a" * 40 + "\n" + "|-" * 40 + "\n"),
    "a table of one row": "|a" * 12_000 + "\n" + "|-" * 12_000,
    "emphasis in emphasis": "*a **a " * 3_000 + "x" + "** a* " * 3_000,
    "links in links": "[" * 5_000 + "a" + "](b)" * 5_000,
    "pictures in pictures": "![" * 5_000 + "a" + "](/attachments/b)" * 2_000,
    "brackets by the dozen": ("[" * 20 + "a" + "]" * 20) * 1_200,
    "an address in brackets": "[a](" + "(" * 49_000,
    "quotations in quotations": ">" * 49_000,
    "deep quotations, again and again": (">" * 23 + "a\n") * 2_000,
    "a deep quotation that goes on": "> " * 20 + "a\n" * 24_000,
    "deep lists": "".join("  " * depth + "- a\n" for depth in range(220)),
    "deep lists, again and again": ("- " * 11 + "a\n") * 2_000,
    "backticks of every length": "".join("`" * length + " " for length in range(1, 315)),
    "stars of every length": "".join("*_"[n % 2] * (n % 7 + 1) + "ab" for n in range(9_000)),
    "one long word": "a" * MAX_LENGTH,
}
LEXED = ["python", "html", "bash", "yaml", "java", "js", "php", "ruby"]
PIECES = [
    '"',
    "'",
    "(",
    "{",
    "[",
    "<",
    "a",
    "/*",
    "/",
    "\\",
    "a ",
    "$",
    "#",
    "\n",
    "<!--",
    "a.a",
    "%{",
    "<<A\n",
    "${",
    ":",
]
CODE = {
    f"{language} of {piece!r}": f"```{language}\n" + filled(piece * (290 // len(piece)) + "\n", length=7_800) + "\n```"
    for language in LEXED
    for piece in PIECES
}

NASTY = {repr(piece): filled(piece) for piece in REPEATED} | BUILT | CODE


@pytest.mark.parametrize("text", NASTY.values(), ids=NASTY)
def test_the_nastiest_text_is_answered_soon_and_in_a_sensible_size(text):
    started = time.process_time()

    try:
        html = render(text)
    except TooMuch as refusal:
        html = str(refusal.reason)

    assert time.process_time() - started < PATIENCE
    assert len(html) <= min(MAX_HTML_LENGTH, len(text) * MAX_GROWTH + SMALL_HTML_LENGTH)


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("a" * (MAX_LENGTH + 1), "Shorten it, or attach"),
        (filled("- a\n"), "Put logs and code between two lines of ```"),
        (filled("*a* "), "Put logs and code between two lines of ```"),
        (">" * 100 + "a", "Remove some of the levels"),
        ("*a **b " * 60 + "c" + "** d*" * 60, "Remove some of the levels"),
        ("|a" * 41 + "\n" + "|-" * 41 + "\n|a", "Make it smaller"),
        ("|a|b\n|-|-\n" + "a\n" * 1_001, "Make it smaller"),
        ("![a](/attachments/1) " * 101, "several posts"),
        ("".join(f"[{n}]: /x\n" for n in range(201)), "in the text"),
        ("".join(f"[^{n}]: x\n\n" for n in range(201)), "in the text"),
        (filled("[a]", head=f"[a]: /{'x' * 1_900}\n\n", length=4_000), "Shorten it"),
    ],
)  # fmt: skip
def test_a_refusal_says_what_to_do(text, advice):
    with pytest.raises(TooMuch) as refused:
        render(text)

    assert advice in str(refused.value)
    assert str(refused.value.reason) == str(refused.value)


def test_the_limit_is_told_in_readable_numbers():
    with pytest.raises(TooMuch, match="has 50\u202f001 characters; a post can have 50\u202f000"):
        render("a" * 50_001)


def test_asking_who_is_mentioned_has_the_same_limits():
    with pytest.raises(TooMuch):
        mentioned_handles("@mira " + "a" * MAX_LENGTH)


def test_a_refusal_does_not_depend_on_how_busy_the_machine_is():
    longest_accepted = max(n for n in range(100, 4_000, 300) if accepts("- a\n" * n))

    assert {accepts("- a\n" * longest_accepted) for _ in range(5)} == {True}
    assert {accepts("- a\n" * (longest_accepted + 300)) for _ in range(5)} == {False}


@pytest.mark.parametrize(
    "text",
    [
        filled("2024-01-01 12:00:00,123 [main] ERROR com.foo.Bar_Baz: <x> key=value; path=/usr/lib/x_y (id=#12)\n"),
        f"```\n{filled('[a](b) *c* | d\n', length=MAX_LENGTH - 10)}\n```",
        filled("Words and words, and then some more of them.\n\n"),
        filled("some_snake_case_names "),
        "".join(f"- item *{n}*\n" for n in range(500)),
        "".join(f"| {n} | a | b | c |\n" + "|---|---|---|---|\n" * (n == 0) for n in range(400)),
        "> " * 15 + "a",
        "![a](/attachments/1)\n" * 100,
        "Name: " + "_" * 60 + "\n" + "*" * 80,
    ],
    ids=["log", "code", "words", "snake case", "list", "table", "quotation", "pictures", "drawn lines"],
)
def test_what_honest_people_write_is_not_refused(text):
    assert render(text)


def test_long_code_loses_its_colours_and_nothing_else():
    short, long = "```python\nx = 1\n```", "```python\n" + "x = 1\n" * 2_000 + "```"

    assert '<span class="n">x</span>' in render(short)
    assert "<span" not in render(long)
    assert render(long).count("x = 1") == 2_000


def accepts(text: str) -> bool:
    try:
        render(text)
    except TooMuch:
        return False
    return True
