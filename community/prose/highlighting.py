"""Colours for code: Pygments class names, never styles."""

import html

from pygments import highlight
from pygments.formatters.html import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.token import STANDARD_TYPES

from community.prose.limits import Effort

# Languages people paste in support posts. Every further lexer is one more set of regular
# expressions that strangers may feed.
LANGUAGES = frozenset(
    "apache bash bat c c# c++ cmake console cpp cs csharp css diff docker dockerfile fish go golang "
    "graphql groovy hcl html http ini java javascript js json jsx kotlin lua make makefile matlab nginx "
    "objective-c objc perl php pl powershell properties protobuf ps1 pwsh py py3 pycon pytb python python3 "
    "r rb ruby rs rust scala sh shell sql swift terraform toml ts tsx typescript xml yaml yml zsh".split()
)

CLASSES = frozenset(name for name in STANDARD_TYPES.values() if name)

# Beyond this the colours help nobody and the page grows ninefold.
MAX_HIGHLIGHTED = 8_000
# A line this long is data, not code, and some lexers take their time over it.
MAX_LINE = 1_000

FORMATTER = HtmlFormatter(nowrap=True)


def coloured(code: str, language: str, effort: Effort) -> str:
    """Escaped code, with colours if the language is known and the code is of a size people read."""
    language = language.lower()
    if language not in LANGUAGES or len(code) > MAX_HIGHLIGHTED or _has_long_line(code):
        return html.escape(code)
    effort.spend(20 + len(code) // 10)
    lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    return highlight(code, lexer, FORMATTER)


def _has_long_line(code: str) -> bool:
    return any(len(line) > MAX_LINE for line in code.split("\n"))
