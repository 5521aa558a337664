"""What a forum adds to Markdown: @people, #threads, bare addresses and ||spoilers||."""

import re
from typing import Literal

from linkify_it import LinkifyIt
from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter
from markdown_it.token import Token

MENTION = re.compile(r"(?<![\w@./#-])@([A-Za-z0-9][A-Za-z0-9_-]{2,29})(?![\w@/-]|\.\w)")
THREAD = re.compile(r"(?<![\w&/#.-])#([1-9][0-9]{1,8})(?![\w-])")
SCHEME_BEFORE = re.compile(r"(?<![A-Za-z0-9+.-])https?$", re.IGNORECASE)
# What a host may look like before the real matcher, which is thorough and slow, is asked.
HOST_AHEAD = re.compile(r"//[^\s/?#]{1,253}(?![^\s/?#])")

# Bare addresses longer than this stay text; the matcher reads no further ahead either.
MAX_BARE_ADDRESS = 1_000

linkifier = LinkifyIt()


def add_forum_syntax(parser: MarkdownIt) -> None:
    parser.inline.ruler.after("text", "bare_address", bare_address)
    parser.inline.ruler.after("bare_address", "mention", mention)
    parser.inline.ruler.after("mention", "thread_number", thread_number)
    parser.inline.ruler.before("emphasis", "spoiler", spoiler)
    parser.inline.ruler2.before("fragments_join", "spoiler", pair_spoilers)


def mention(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "@" or state.linkLevel:
        return False
    found = MENTION.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent:
        handle = found[1]
        opened = push_link(state, f"/people/{handle}/", found[0], "mention")
        opened.meta["handle"] = handle.lower()
    state.pos = found.end()
    return True


def thread_number(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "#" or state.linkLevel:
        return False
    found = THREAD.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent:
        push_link(state, f"/threads/{found[1]}/", found[0], "thread-number")
    state.pos = found.end()
    return True


def bare_address(state: StateInline, silent: bool) -> bool:
    """`https://…` and `www.…` as they stand. `settings.py` is a file, whatever the domain registry says."""
    start = state.pos
    if state.src[start] not in ":wW" or state.linkLevel:
        return False
    scheme = ""
    ahead = "//" + state.src[start : min(start + MAX_BARE_ADDRESS, state.posMax)]
    if state.src[start] == ":":
        written = SCHEME_BEFORE.search(state.src, max(start - len("-https"), 0), start)
        if not written:
            return False
        scheme = written[0]
        ahead = ahead[3:]
    if not HOST_AHEAD.match(ahead):
        return False
    state.env["effort"].spend(5 + len(ahead) // 50)
    length = linkifier.test_schema_at(ahead, "https:", 0)
    # A star or two at the end is emphasis around the address.
    ahead = ahead[:length].rstrip("*")
    if not ahead or length >= MAX_BARE_ADDRESS - 1:
        return False

    shown = f"{scheme}:{ahead}" if scheme else ahead[2:]
    address = state.md.normalizeLink(shown)
    if not state.md.validateLink(address):
        return False
    if not silent:
        if scheme:
            state.pending = state.pending[: -len(scheme)]
        push_link(state, address, state.md.normalizeLinkText(shown))
    state.pos = start + len(shown) - len(scheme)
    return True


def push_link(state: StateInline, address: str, text: str, css_class: str = "") -> Token:
    state.env["effort"].spend(2)
    opened = state.push("link_open", "a", 1)
    opened.attrs = {"class": css_class, "href": address} if css_class else {"href": address}
    shown = state.push("text", "", 0)
    shown.content = text
    state.push("link_close", "a", -1)
    return opened


def spoiler(state: StateInline, silent: bool) -> bool:
    """`||`, opening before a word and closing after one, so that `a || b` stays code for "or"."""
    if silent or state.src[state.pos] != "|":
        return False
    run = state.scanDelims(state.pos, False)
    text = state.push("text", "", 0)
    text.content = "|" * run.length
    if run.length == 2:
        state.delimiters.append(
            Delimiter(
                marker=ord("|"),
                length=0,
                token=len(state.tokens) - 1,
                end=-1,
                open=run.can_open,
                close=run.can_close,
            )
        )
    state.pos += run.length
    return True


def pair_spoilers(state: StateInline) -> None:
    lists = [state.delimiters, *(meta["delimiters"] for meta in state.tokens_meta if meta)]
    for delimiters in lists:
        for opener in delimiters:
            if opener.marker == ord("|") and opener.end != -1:
                _turn(state.tokens[opener.token], "spoiler_open", 1)
                _turn(state.tokens[delimiters[opener.end].token], "spoiler_close", -1)


def _turn(token: Token, name: str, nesting: Literal[-1, 1]) -> None:
    token.type, token.nesting = name, nesting
    token.tag, token.content = "span", ""
