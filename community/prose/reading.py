"""Reading what was rendered: as plain text, in a length that fits."""

from html.parser import HTMLParser

from community.prose.characters import REORDERING

BLOCK_NAMES = """
    p br hr h1 h2 h3 h4 h5 h6 blockquote ul ol li table tr th td pre details summary section div
"""
BLOCKS = frozenset(BLOCK_NAMES.split())
VOID = frozenset(("br", "hr", "img"))
# A piece at a time, so that the start of a long post costs no more than the start of a short one.
PIECE = 4_000


def excerpt(html: str, length: int | None = None) -> str:
    """The words of rendered HTML as plain text, unescaped, whitespace folded; hidden spoilers are left out.

    At most `length` characters, cut between words and ended with "…". Without a length: all of it.
    """
    words = _Words()
    for start in range(0, len(html), PIECE):
        words.feed(html[start : start + PIECE])
        if length is not None and words.gathered > length * 2 + 200:
            break
    else:
        words.close()
    text = " ".join(REORDERING.sub("", "".join(words.parts)).split())
    if length is None or len(text) <= length:
        return text
    cut = text[: max(length - 1, 0)]
    if text[len(cut)].isalnum() and " " in cut[length // 2 :]:
        cut = cut[: cut.rindex(" ")]
    return cut.rstrip(" ,;:.-\u2013\u2014\u200d") + "…"


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.gathered = 0
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCKS:
            self.parts.append(" ")
        if tag in VOID:
            return
        name = dict(attrs).get("class") or ""
        if self._hidden or name in ("spoiler", "footnote", "footnote-back"):
            self._hidden += 1

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS:
            self.parts.append(" ")
        if self._hidden and tag not in VOID:
            self._hidden -= 1

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(data)
            self.gathered += len(data)
