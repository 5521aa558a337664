"""People, threads, addresses, spoilers, footnotes, quotations and pictures."""

import re

import pytest

from community.prose import mentioned_handles, render

OUTSIDE = 'rel="nofollow ugc noopener"'


def test_a_handle_links_to_the_person():
    assert render("ask @Mira_K.") == '<p>ask <a class="mention" href="/people/Mira_K/">@Mira_K</a>.</p>\n'


@pytest.mark.parametrize(
    "text",
    ["`@mira`", "    @mira", "```\n@mira\n```", "a@mira", "mira@mira.example", "@types/node", "@ab", "@-mira",
     "[@mira](/threads/1/)", "https://social.example/@mira", "@mira@social.example", "@" + "a" * 31],
)  # fmt: skip
def test_what_only_looks_like_a_mention_is_none(text):
    assert 'class="mention"' not in render(text)
    assert mentioned_handles(text) == set()


def test_mentioned_people_are_known_by_their_handle_in_lower_case():
    assert mentioned_handles("@Mira and *@tom-b*, @mira again, `@code`") == {"mira", "tom-b"}


def test_quoting_someone_mentions_nobody_again():
    assert mentioned_handles("> ask @mira\n\n@tom said so") == {"tom"}


def test_a_mention_in_a_footnote_or_a_table_counts():
    text = "a[^1]\n\n[^1]: by @mira\n\n| @tom |\n|---|\n| @eva |"

    assert mentioned_handles(text) == {"mira", "tom", "eva"}


def test_a_thread_number_links_to_the_thread():
    assert render("see #4127!") == '<p>see <a class="thread-number" href="/threads/4127/">#4127</a>!</p>\n'


@pytest.mark.parametrize(
    "text", ["`#4127`", "#1", "#007", "#4127abc", "a#4127", "&#4127;", "/x#4127", "#fff000", "#12345678901"]
)
def test_what_only_looks_like_a_thread_number_is_none(text):
    assert "thread-number" not in render(text)


@pytest.mark.parametrize(
    ("text", "address", "shown"),
    [
        ("https://relay.example/a_b_c?q=1#x", "https://relay.example/a_b_c?q=1#x", None),
        ("HTTP://relay.example", "HTTP://relay.example", None),
        ("www.relay.example", "https://www.relay.example", "www.relay.example"),
        ("https://relay.example/(a)", "https://relay.example/(a)", None),
        ("<https://relay.example/>", "https://relay.example/", "https://relay.example/"),
        ("[a](www.relay.example)", "https://www.relay.example", "a"),
    ],
)
def test_addresses_outside_become_links_that_vouch_for_nothing(text, address, shown):
    assert render(text) == f'<p><a href="{address}" {OUTSIDE}>{shown or text}</a></p>\n'


def test_what_surrounds_an_address_stays_outside_it():
    html = render("(see https://relay.example/a), **https://relay.example/b**.")

    assert f'(see <a href="https://relay.example/a" {OUTSIDE}>https://relay.example/a</a>),' in html
    assert f'<strong><a href="https://relay.example/b" {OUTSIDE}>https://relay.example/b</a></strong>.' in html


@pytest.mark.parametrize("text", ["settings.py", "README.md", "a.b.com", "mira@relay.example", "ftp://a.b", "//a.b"])
def test_file_names_and_the_like_are_no_links(text):
    assert "<a" not in render(text)


def test_links_of_our_own_carry_no_warning_for_search_engines():
    assert "rel=" not in render("[a](/threads/4127/#post-88) [b](#post-5) @mira #4127")


@pytest.mark.parametrize(
    "address", ["//evil.example", "\\\\evil.example", "https:evil.example", "https:///evil.example"]
)
def test_an_address_that_only_looks_like_ours_is_not_linked(address):
    assert "<a" not in render(f"[a]({address})")


def test_a_backslash_in_an_address_stays_part_of_the_path():
    assert render("[a](/\\evil.example)") == '<p><a href="/%5Cevil.example">a</a></p>\n'


def test_a_spoiler_in_a_line_can_be_reached_by_keyboard():
    html = render("it was ||the *butler*||.")

    assert html == '<p>it was <span class="spoiler" tabindex="0">the <em>butler</em></span>.</p>\n'


@pytest.mark.parametrize("text", ["a || b || c", "a||b||c", "`||a||`", "||a", "|| a ||", "|||a|||"])
def test_two_pipes_in_code_are_no_spoiler(text):
    assert "spoiler" not in render(text)


def test_a_block_can_be_folded_away_under_a_title():
    html = render(":::spoiler The <log>\n- a\n:::\nafter")

    assert html == (
        '<details class="spoiler">\n<summary>The &lt;log&gt;</summary>\n'
        "<ul>\n<li>a</li>\n</ul>\n</details>\n<p>after</p>\n"
    )


def test_a_folded_block_without_a_title_leaves_the_word_to_the_browser():
    assert render(":::spoiler\na\n:::") == '<details class="spoiler">\n<p>a</p>\n</details>\n'


def test_a_quotation_links_back_to_what_it_quotes():
    html = render("> [mira wrote](/threads/4127/#post-88)\n> the slot table")

    assert html == (
        '<blockquote>\n<p><a href="/threads/4127/#post-88">mira wrote</a><br>\nthe slot table</p>\n</blockquote>\n'
    )


def test_footnotes_lead_there_and_back():
    html = render("a[^1] b[^1]\n\n[^1]: *note*")

    ids = re.findall(r' id="([^"]+)"', html)
    targets = re.findall(r' href="#([^"]+)"', html)
    assert len(ids) == len(set(ids)) == 3
    assert set(targets) == set(ids)
    assert "<em>note</em>" in html


def test_footnotes_of_two_posts_on_one_page_never_meet():
    first = re.findall(r' id="([^"]+)"', render("a[^1]\n\n[^1]: one"))
    second = re.findall(r' id="([^"]+)"', render("a[^1]\n\n[^1]: two"))

    assert not set(first) & set(second)


def test_the_place_of_a_picture_is_kept_free_where_its_size_is_known():
    html = render("![a](/attachments/7/a.png) ![b](/attachments/8/b.png)", {"/attachments/7/a.png": (640, 480)})

    assert '<img src="/attachments/7/a.png" alt="a" loading="lazy" decoding="async" width="640" height="480">' in html
    assert html.count("width=") == 1


def test_pictures_load_late():
    assert render('![a *b*](/attachments/7/a.png "c")') == (
        '<p><img src="/attachments/7/a.png" alt="a b" title="c" loading="lazy" decoding="async"></p>\n'
    )


@pytest.mark.parametrize(
    "source",
    [
        "https://relay.example/a.png",
        "http://relay.example/a.png",
        "/people/mira/face.svg",
        "mailto:a@relay.example",
    ],
)
def test_pictures_from_elsewhere_become_links_and_tell_nobody_who_reads(source):
    html = render(f"![a]({source})")

    assert "<img" not in html
    assert f'<a href="{source}"' in html


def test_a_picture_that_may_not_be_shown_inside_a_link_leaves_its_words():
    assert render("[![a](http://relay.example/a.png)](/b)") == '<p><a href="/b">a</a></p>\n'


def test_html_is_shown_as_it_was_typed():
    assert render("<b>a</b> <!-- c -->") == "<p>&lt;b&gt;a&lt;/b&gt; &lt;!-- c --&gt;</p>\n"
    assert render("<div>\n\n*a*") == "<p>&lt;div&gt;</p>\n<p><em>a</em></p>\n"
