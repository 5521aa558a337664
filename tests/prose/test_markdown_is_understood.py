"""What people write, and what everybody reads."""

import pytest

from community.prose import render

COMMONMARK = {
    "a paragraph": ("one\n\ntwo", "<p>one</p>\n<p>two</p>\n"),
    "a line end is kept": ("one\ntwo", "<p>one<br>\ntwo</p>\n"),
    "a hard break by spaces": ("one  \ntwo", "<p>one<br>\ntwo</p>\n"),
    "a hard break by backslash": ("one\\\ntwo", "<p>one<br>\ntwo</p>\n"),
    "emphasis by star": ("*a*", "<p><em>a</em></p>\n"),
    "emphasis by underscore": ("_a_", "<p><em>a</em></p>\n"),
    "strong by stars": ("**a**", "<p><strong>a</strong></p>\n"),
    "strong by underscores": ("__a__ b", "<p><strong>a</strong> b</p>\n"),
    "strong in emphasis": ("*a **b** c*", "<p><em>a <strong>b</strong> c</em></p>\n"),
    "both at once": ("***a***", "<p><em><strong>a</strong></em></p>\n"),
    "emphasis by star inside a word": ("un*frigging*real", "<p>un<em>frigging</em>real</p>\n"),
    "underscores inside a word": ("snake_case_name", "<p>snake_case_name</p>\n"),
    "double underscores inside a word": ("a__b__c", "<p>a__b__c</p>\n"),
    "an underscore after a word": ("foo_ bar_", "<p>foo_ bar_</p>\n"),
    "closing underscores before a stop": ("_a b_.", "<p><em>a b</em>.</p>\n"),
    "underscored accents": ("_élan_ naïve_é_", "<p><em>élan</em> naïve_é_</p>\n"),
    "a lone star": ("2 * 3 * 4", "<p>2 * 3 * 4</p>\n"),
    "an escaped star": (r"\*a\*", "<p>*a*</p>\n"),
    "a backslash before a letter": (r"C:\users", r"<p>C:\users</p>" + "\n"),
    "a named entity": ("&copy; &amp;", "<p>© &amp;</p>\n"),
    "a numeric entity": ("&#65;&#x42;", "<p>AB</p>\n"),
    "something like an entity": ("AT&T &nope;", "<p>AT&amp;T &amp;nope;</p>\n"),
    "code in a line": ("`a *b*`", "<p><code>a *b*</code></p>\n"),
    "code holding a backtick": ("`` a`b ``", "<p><code>a`b</code></p>\n"),
    "a backtick alone": ("it`s", "<p>it`s</p>\n"),
    "code wins over emphasis": ("*a `*`*", "<p><em>a <code>*</code></em></p>\n"),
    "a heading, below the page's": ("# a", "<h3>a</h3>\n"),
    "a second heading": ("## a ##", "<h4>a</h4>\n"),
    "the smallest heading": ("###### a", "<h6>a</h6>\n"),
    "an underlined heading": ("a\n===", "<h3>a</h3>\n"),
    "a smaller underlined heading": ("a\n---", "<h4>a</h4>\n"),
    "no heading without a space": ("#a", "<p>#a</p>\n"),
    "a rule": ("a\n\n***\n\nb", "<p>a</p>\n<hr>\n<p>b</p>\n"),
    "a list": ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
    "a loose list": ("- a\n\n- b", "<ul>\n<li>\n<p>a</p>\n</li>\n<li>\n<p>b</p>\n</li>\n</ul>\n"),
    "a list in a list": ("- a\n  - b", "<ul>\n<li>a\n<ul>\n<li>b</li>\n</ul>\n</li>\n</ul>\n"),
    "a numbered list": ("1. a\n2. b", "<ol>\n<li>a</li>\n<li>b</li>\n</ol>\n"),
    "a list that starts later": ("7) a", '<ol start="7">\n<li>a</li>\n</ol>\n'),
    "a year is no list": ("In the year\n1984. It", "<p>In the year<br>\n1984. It</p>\n"),
    "a quotation": ("> a\n> b", "<blockquote>\n<p>a<br>\nb</p>\n</blockquote>\n"),
    "a lazy quotation": ("> a\nb", "<blockquote>\n<p>a<br>\nb</p>\n</blockquote>\n"),
    "a quotation in a quotation": (
        "> > a", "<blockquote>\n<blockquote>\n<p>a</p>\n</blockquote>\n</blockquote>\n"
    ),
    "a list in a quotation": ("> - a", "<blockquote>\n<ul>\n<li>a</li>\n</ul>\n</blockquote>\n"),
    "code by indent": ("    a < b", '<pre tabindex="0"><code>a &lt; b\n</code></pre>\n'),
    "code by fence": ("```\n*a*\n```", '<pre tabindex="0"><code>*a*\n</code></pre>\n'),
    "code by tildes": ("~~~\na\n~~~", '<pre tabindex="0"><code>a\n</code></pre>\n'),
    "an unclosed fence": ("```\na\n", '<pre tabindex="0"><code>a\n</code></pre>\n'),
    "a link to a place of ours": ("[a](/spaces/mail/)", '<p><a href="/spaces/mail/">a</a></p>\n'),
    "a link with a title": ('[a](/b "c")', '<p><a href="/b" title="c">a</a></p>\n'),
    "a link with spaces": ("[a](</b c>)", '<p><a href="/b%20c">a</a></p>\n'),
    "a link by reference": ("[a][b]\n\n[b]: /c", '<p><a href="/c">a</a></p>\n'),
    "a link by its own name": ("[b]\n\n[b]: /c 't'", '<p><a href="/c" title="t">b</a></p>\n'),
    "an undefined reference": ("[a][b]", "<p>[a][b]</p>\n"),
    "emphasis in a link": ("[*a*](/b)", '<p><a href="/b"><em>a</em></a></p>\n'),
    "brackets in a link": ("[a [b] c](/d)", '<p><a href="/d">a [b] c</a></p>\n'),
    "no link in a link": ("[a [b](/c)](/d)", '<p>[a <a href="/c">b</a>](/d)</p>\n'),
}  # fmt: skip


@pytest.mark.parametrize(("text", "html"), COMMONMARK.values(), ids=COMMONMARK)
def test_commonmark_is_read_as_it_is_written(text, html):
    assert render(text) == html


def test_nothing_renders_as_nothing():
    assert render("") == ""
    assert render(" \n\t\n") == ""


def test_words_can_be_struck_through():
    assert render("~~gone~~ and a ~ b") == "<p><s>gone</s> and a ~ b</p>\n"


def test_tables_have_a_head_a_body_and_sides():
    html = render("| a | b | c |\n|---|:-:|--:|\n| 1 | 2 |")

    assert '<th>a</th>\n<th class="centre">b</th>\n<th class="end">c</th>' in html
    assert '<td>1</td>\n<td class="centre">2</td>\n<td class="end"></td>' in html


def test_tasks_are_read_aloud_as_ticked_or_not():
    html = render("- [x] asked\n- [ ] answered\n- said")

    assert html.startswith('<ul class="tasks">')
    assert '<li class="task done"><span class="box">\u2611\ufe0e</span> asked</li>' in html
    assert '<li class="task"><span class="box">\u2610\ufe0e</span> answered</li>' in html
    assert "<li>said</li>" in html


def test_code_is_coloured_by_class_names_alone():
    html = render("```python\ndef ask(): pass\n```")

    assert '<span class="k">def</span>' in html
    assert "style=" not in html


@pytest.mark.parametrize("language", ["klingon", "PYTHON2000", '"><b>', "python onload=x"])
def test_code_in_an_unknown_language_is_plain(language):
    html = render(f"```{language}\na < b\n```")

    assert html.endswith("</code></pre>\n")
    assert '<pre tabindex="0"><code>' in html
    assert "onload" not in html


def test_code_keeps_its_blank_lines_and_indents():
    html = render("```yaml\n\na:\n    - b\n\n```")

    assert "<code>\n<span" in html
    assert "    " in html


def test_a_heading_never_competes_with_the_page():
    html = render("\n\n".join(f"{'#' * level} a" for level in range(1, 7)))

    assert "<h1" not in html
    assert "<h2" not in html
    assert html.count("<h6>") == 3
