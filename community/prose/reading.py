"""Reading what was rendered: as plain text, in a length that fits."""

import re
from html import unescape

from community.prose.characters import REORDERING

BLOCK_NAMES = """
    p br hr h1 h2 h3 h4 h5 h6 blockquote ul ol li table tr th td pre details summary section div
"""
BLOCKS = frozenset(BLOCK_NAMES.split())
VOID = frozenset(("br", "hr", "img"))
# The wash writes each tag like this, and puts every value in double quotes.
TAG = re.compile(r'<(/?)([a-z][a-z0-9]*)((?:[^">]++|"[^"]*+")*+)>')
NOT_READ = re.compile(r' class="(?:spoiler|footnote|footnote-back)"')
# So much is read before it is looked at whether it is enough: the start of a long post costs no more than a short one.
PIECE = 4_000


def excerpt(html: str, length: int | None = None) -> str:
    """The words of rendered HTML as plain text, unescaped, whitespace folded; hidden spoilers are left out.

    At most `length` characters, cut between words and ended with "…". Without a length: all of it.
    """
    text = words_of(html, length)
    if length is None or len(text) <= length:
        return text
    cut = text[: max(length - 1, 0)]
    if text[len(cut)].isalnum() and " " in cut[length // 2 :]:
        cut = cut[: cut.rindex(" ")]
    return cut.rstrip(" ,;:.-\u2013\u2014\u200d") + "…"


def words_of(html: str, enough: int | None) -> str:
    """All of them, or the first ones if they are more characters than `enough`."""
    parts: list[str] = []
    hidden = at = 0
    look = PIECE
    for tag in TAG.finditer(html):
        if not hidden:
            parts.append(unescape(html[at : tag.start()]))
        at = tag.end()
        ends, name, attributes = tag.groups()
        if name in BLOCKS:
            parts.append(" ")
        if hidden:
            hidden += 0 if name in VOID else -1 if ends else 1
        elif attributes and name not in VOID and NOT_READ.search(attributes):
            hidden = 1
        if enough is not None and at > look:
            look = 2 * at
            if len(text := folded(parts)) > enough:
                return text
    if not hidden:
        parts.append(unescape(html[at:]))
    return folded(parts)


def folded(parts: list[str]) -> str:
    return " ".join(REORDERING.sub("", "".join(parts)).split())
