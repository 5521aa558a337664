"""Properties that hold for every text there is."""

from concurrent.futures import ThreadPoolExecutor

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from community.prose import TooMuch, excerpt, mentioned_handles, render
from tests.prose.reading import Found

PIECES = st.sampled_from(
    ["*", "**", "_", "__", "~~", "||", "`", "```", "```py\n", "[", "]", "](", "](/b)", "![", "(", ")", "<", ">", "&",
     "\\", "|", "|-|-|", "\n", "\n\n", "\n- ", "\n1. ", "\n> ", "\n    ", "\n# ", "\n:::", "\n:::spoiler ", "[^1]",
     "\n[^1]: ", "\n[a]: ", "@mira", "#4127", "https://a.example", "www.", "://", "javascript:", "<script>", "&lt;",
     "&#x3c;", "\u202e", "\x00", "\ud800", "a", " ", "é", "\U0001f600", "\t", '"', "'", "- [ ] ", "===", "---"]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=80).map("".join))


def rendered(text: str) -> tuple[str, str | None]:
    """The reason of the refusal and no HTML, or no reason and the HTML."""
    try:
        return "", render(text)
    except TooMuch as refusal:
        return str(refusal.reason), None


@given(TEXTS)
@settings(max_examples=400, deadline=None)
def test_any_text_is_rendered_clean_or_refused_with_a_reason(text):
    refusal, html = rendered(text)

    assert html is not None or refusal
    if html is not None:
        assert Found(html).wrong == []
        assert render(text) == html


@given(TEXTS, st.integers(min_value=1, max_value=200))
@settings(max_examples=200, deadline=None)
def test_an_excerpt_is_one_line_of_at_most_the_length_asked_for(text, length):
    _, html = rendered(text)
    assume(html is not None)

    short = excerpt(html, length)

    assert len(short) <= length
    assert short == " ".join(short.split())


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_whoever_is_mentioned_is_linked(text):
    _, html = rendered(text)
    assume(html is not None)

    handles = mentioned_handles(text)

    assert all(f'href="/people/{handle}/"' in html.lower() for handle in handles)


def test_many_threads_render_side_by_side():
    texts = [f"a[^{n}] **{n}** #41{n} https://a.example/{n}\n\n[^{n}]: note\n\n```py\nx = {n}\n```" for n in range(20)]
    alone = [render(text) for text in texts]

    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(render, texts * 10))

    assert together == alone * 10
