"""Colours for code: Pygments class names, never styles."""

import html
import re

from pygments import highlight
from pygments.formatters.html import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.token import STANDARD_TYPES

from community.prose.limits import MAX_EFFORT, Effort

# Languages people paste in support posts. Every further lexer is one more set of regular
# expressions that strangers may feed.
NAMES = """
    apache bash bat c c# c++ cmake console cpp cs csharp css diff docker dockerfile fish go golang
    graphql groovy hcl html http ini java javascript js json jsx kotlin lua make makefile matlab
    nginx objc objective-c perl php pl powershell properties protobuf ps1 pwsh py py3 pycon pytb
    python python3 r rb rs ruby rust scala sh shell sql swift terraform toml ts tsx typescript xml
    yaml yml zsh
"""
LANGUAGES = frozenset(NAMES.split())
CLASSES = frozenset(name for name in STANDARD_TYPES.values() if name)

# Beyond this the colours help nobody and the page grows ninefold. For all blocks of a text together.
MAX_HIGHLIGHTED = 8_000
# What starting a lexer costs, in characters. A character costs a unit of effort.
START = 100
# Very long lines, long gaps, and words upon words without a single sign between them, are data and not code;
# some lexers look at all of it again from every word.
MAX_LINE = 300
GAP = re.compile(r"\s{200}+|(?:\n[ \t]*+){20}+")
SIGNS = re.compile(r"[^\w.$<>?\[\]\s]+")
MAX_WORDS = 80

FORMATTER = HtmlFormatter(nowrap=True)


def coloured(code: str, language: str, effort: Effort) -> str:
    """Escaped code, with colours if the language is known and the code is of a size people read."""
    cost = len(code) + START
    affordable = min(MAX_HIGHLIGHTED - effort.coloured, MAX_EFFORT - effort.spent)
    if language.lower() not in LANGUAGES or cost > affordable or not _is_code(code):
        return html.escape(code)
    effort.coloured += cost
    effort.spend(cost)
    lexer = get_lexer_by_name(language.lower(), stripnl=False, ensurenl=False)
    spans: str = highlight(code, lexer, FORMATTER)
    return spans


def _is_code(text: str) -> bool:
    return (
        max(map(len, text.split("\n"))) <= MAX_LINE
        and not GAP.search(text)
        and max(len(words.split()) for words in SIGNS.split(text)) <= MAX_WORDS
    )
