"""Markdown in, safe HTML out: one function for posts, previews, imports and tests.

What a writer may use, beside CommonMark:

    | a | b |                  tables, with a line of |---|---| below the head
    ~~gone~~                   strikethrough
    - [x] done                 tasks
    text[^1] and [^1]: note    footnotes
    ```python                  code with colours; unknown languages are plain
    @handle                    a person
    #4127                      a thread
    https://… and www.…        links
    ||a few words||            hidden until pointed at or focused
    :::spoiler Title           hidden until opened, up to a line of :::
    > [mira wrote](/threads/4127/#post-88)
    > the words                a quotation that links back: its first line is a link to the post

Raw HTML is shown as it was typed. Pictures come from /attachments/; others become links.
"""

import hashlib
from collections.abc import Mapping
from typing import Any

from community.prose import limits
from community.prose.characters import tidy
from community.prose.grammar import Grammar
from community.prose.limits import MAX_LENGTH, Effort, TooMuch
from community.prose.markup import WASH, Markup
from community.prose.reading import excerpt

__all__ = ["MAX_LENGTH", "TooMuch", "excerpt", "mentioned_handles", "render"]

# Made once, used by every thread: a text's own state is in the `env` that goes with it.
GRAMMAR = Grammar()
MARKUP = Markup(GRAMMAR)


def render(text: str, sizes: Mapping[str, tuple[int, int]] | None = None) -> str:
    """The text as HTML that is safe on any page, the same for every reader. Raises TooMuch.

    `sizes` are those of pictures, in pixels, by their addresses: browsers keep their place free, so that no text moves.
    """
    text = _accepted(text)
    env = _fresh_env(text) | {"sizes": sizes or {}}
    html = WASH.clean(MARKUP.render(GRAMMAR.parse(text, env), GRAMMAR.options, env))
    if len(html) > min(limits.MAX_HTML_LENGTH, len(text) * limits.MAX_GROWTH + limits.SMALL_HTML_LENGTH):
        raise limits.too_large_when_shown()
    return html


def mentioned_handles(text: str) -> set[str]:
    """The handles, in lower case, that `render` would link and that are the writer's own words:
    not those in code, in links or in quotations. Raises TooMuch.
    """
    if "@" not in text:
        return set()
    text = _accepted(text)
    handles: set[str] = set()
    quotations = 0
    for block in GRAMMAR.parse(text, _fresh_env(text)):
        if block.tag == "blockquote":
            quotations += block.nesting
        elif not quotations:
            handles.update(token.meta["handle"] for token in block.children or () if "handle" in token.meta)
    return handles


def _accepted(text: str) -> str:
    if len(text) > MAX_LENGTH:
        raise limits.too_long(len(text))
    return tidy(text)


def _fresh_env(text: str) -> dict[str, Any]:
    mark = hashlib.blake2s(text.encode(), digest_size=4).hexdigest()
    return {"effort": Effort(), "mark": mark}
