"""The Markdown we read: CommonMark, tables, strikethrough, tasks, footnotes, and what a forum adds to it."""

import re
from collections.abc import Callable
from typing import Any, override

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, blockquote, list_block, reference, table
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline, autolink, emphasis, image, link
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.footnote.index import footnote_def, footnote_ref

from community.prose import limits
from community.prose.additions import add_forum_syntax
from community.prose.limits import Effort

# Where plain text may end. Narrower than the library's own set: a colon or an underscore inside
# a word starts nothing, and logs are full of them.
TERMINATORS = re.compile(
    r"""
      [\n*`\[\]]
    | (?<![^\W_])_ | (?<=[^\W_])_(?=_*(?:[^\w]|$))
    | \\(?=[!-/:-@\[-`{-~\n])
    | &(?=[#A-Za-z])
    | <(?=[A-Za-z])
    | !(?=\[)
    | ~(?=~)
    | \|(?=\|)
    | :(?=//)
    | (?<!\w)w(?=ww\.)
    | (?<!\w)@(?=[A-Za-z0-9])
    | (?<!\w)\#(?=[1-9])
    """,
    re.VERBOSE,
)

# `****************` is a line somebody drew. As emphasis every star of it would cost a token.
DRAWN_LINE = re.compile(r"([*_~|])\1{8,}")

SAFE_ADDRESS = re.compile(r"https?://[^/\\?#]|mailto:.|/(?![/\\])|#", re.IGNORECASE)
NOTE_LABEL = re.compile(r"\[\^[^\s\]]{1,50}\]")

# An image inside the description of an image inside …: each level is parsed again.
MAX_IMAGES_WITHIN = 2

BlockRule = Callable[[StateBlock, int, int, bool], bool]
InlineRule = Callable[[StateInline, bool], bool]


class Grammar(MarkdownIt):
    """One parser for all threads: whatever a text needs to remember is in its own `env`."""

    def __init__(self) -> None:
        super().__init__(
            "default",
            {
                "html": False,
                # People who never heard of Markdown expect their line ends to be kept.
                "breaks": True,
                "linkify": False,
                "tasklists": True,
                "maxNesting": limits.MAX_NESTING + 1,
            },
        )
        self.disable(["html_block", "html_inline", "linkify", "replacements", "smartquotes"])
        self.inline.terminator_re = TERMINATORS
        self.use(footnote_plugin, inline=False)
        self.use(container_plugin, "spoiler")
        add_forum_syntax(self)
        self._watch_the_cost()

    @override
    def normalizeLink(self, url: str) -> str:
        if url[:4].lower() == "www.":
            url = f"https://{url}"
        return super().normalizeLink(url)

    @override
    def validateLink(self, url: str) -> bool:
        return len(url) <= limits.MAX_ADDRESS_LENGTH and SAFE_ADDRESS.match(url) is not None

    def _watch_the_cost(self) -> None:
        everywhere: Any = {"alt": ["paragraph", "reference", "blockquote", "list"]}
        self.block.ruler.before("table", "meter", meter_blocks, everywhere)
        self.block.ruler.at("table", bounded_table, {"alt": ["paragraph", "reference"]})
        self.block.ruler.at("blockquote", charged_by_line(blockquote), everywhere)
        self.block.ruler.at("list", charged_by_line(list_block), {"alt": ["paragraph", "reference", "blockquote"]})
        self.block.ruler.at("reference", counted_definition(reference), {"alt": []})
        self.block.ruler.at("footnote_def", counted_definition(footnote_def), {"alt": ["paragraph", "reference"]})
        self.inline.ruler.after("text", "meter", meter_inlines)
        self.inline.ruler.before("strikethrough", "drawn_line", drawn_line)
        self.inline.ruler.at("emphasis", charged_by_star)
        self.inline.ruler.at("link", charged_by_address(link))
        self.inline.ruler.at("autolink", charged_by_address(autolink))
        self.inline.ruler.at("image", bounded_image)
        self.inline.ruler.at("footnote_ref", bounded_footnote_ref)
        self.core.ruler.after("inline", "weigh", weigh)


def meter_blocks(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Never matches. Being asked first about every line, it counts them."""
    if state.level >= limits.MAX_NESTING:
        # Beyond its nesting limit the library drops the rest without a word.
        raise limits.too_deep()
    state.env["effort"].spend(1 if silent else 3)
    return False


def meter_inlines(state: StateInline, silent: bool) -> bool:
    """Never matches. Being asked about every character that may mean something, it counts them."""
    state.env["effort"].spend(1)
    return False


def charged_by_line(rule: BlockRule) -> BlockRule:
    """A container reads its lines once more than what is inside it does."""

    def charged(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
        matched = rule(state, start_line, end_line, silent)
        if matched and not silent:
            state.env["effort"].spend((state.line - start_line) // 2)
        return matched

    return charged


def counted_definition(rule: BlockRule) -> BlockRule:
    def counted(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
        matched = rule(state, start_line, end_line, silent)
        if matched and not silent:
            notes = state.env.get("footnotes", {}).get("refs", ())
            if len(state.env.get("references", ())) + len(notes) > limits.MAX_DEFINITIONS:
                raise limits.too_many_definitions()
        return matched

    return counted


def bounded_table(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Counts the cells before they are made: a short row is filled up to the width of the head."""
    if not table(state, start_line, end_line, True):
        return False
    if silent:
        return True
    columns = _line(state, start_line + 1).strip().strip("|").count("|") + 1
    rows = 0
    for line in range(start_line + 2, end_line):
        if state.isEmpty(line):
            break
        rows += 1
        if columns > limits.MAX_COLUMNS or columns * rows > limits.MAX_CELLS:
            raise limits.too_large_a_table()
    state.env["effort"].spend(columns * (rows + 1) * 3)
    return table(state, start_line, end_line, False)


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def drawn_line(state: StateInline, silent: bool) -> bool:
    run = DRAWN_LINE.match(state.src, state.pos, state.posMax)
    if not run:
        return False
    if not silent:
        state.append_pending(run[0])
    state.pos = run.end()
    return True


def charged_by_star(state: StateInline, silent: bool) -> bool:
    before = len(state.tokens)
    matched = emphasis.tokenize(state, silent)
    if matched:
        state.env["effort"].spend(len(state.tokens) - before)
    return matched


def charged_by_address(rule: InlineRule) -> InlineRule:
    """Addresses are copied into the page as often as they are referred to."""

    def charged(state: StateInline, silent: bool) -> bool:
        if state.src[state.pos] not in "[<":
            return False
        # Every bracket is a search for its partner.
        state.env["effort"].spend(1)
        before = len(state.tokens)
        matched = rule(state, silent)
        if matched and not silent:
            opened = next(token for token in state.tokens[before:] if token.attrs)
            length = sum(len(str(value)) for value in opened.attrs.values())
            state.env["effort"].spend(5 + length // 100)
        return matched

    return charged


def bounded_image(state: StateInline, silent: bool) -> bool:
    within = state.env.get("images_within", 0)
    if state.src[state.pos] != "!" or within > MAX_IMAGES_WITHIN:
        return False
    state.env["effort"].spend(1)
    state.env["images_within"] = within + (not silent)
    before = len(state.tokens)
    try:
        matched = image(state, silent)
    finally:
        state.env["images_within"] = within
    if matched and not silent:
        effort: Effort = state.env["effort"]
        effort.images += 1
        if effort.images > limits.MAX_IMAGES:
            raise limits.too_many_images()
        shown = next(token for token in state.tokens[before:] if token.type == "image")
        shown.meta["in_link"] = state.linkLevel > 0
    return matched


def bounded_footnote_ref(state: StateInline, silent: bool) -> bool:
    # The library looks for the closing bracket to the end of the text, from every opening one.
    if not NOTE_LABEL.match(state.src, state.pos, state.posMax):
        return False
    return footnote_ref(state, silent)


def weigh(state: StateCore) -> None:
    """The last look before HTML is written: how deep and how long will it be?"""
    length = 0
    for block in state.tokens:
        length += len(block.content)
        for token in block.children or ():
            if block.level + token.level > limits.MAX_NESTING * 2:
                raise limits.too_deep()
            length += sum(len(str(value)) for value in token.attrs.values())
    if length > limits.MAX_HTML_LENGTH:
        raise limits.too_large_when_shown()
