"""Watched words and links, found where they stand as words of their own: “ass” is not in “class”.

A pattern is a word, several words in a row, or a domain. `*` stands for any letters of one word: “casino*” finds
“casinos”. Case, accents and letters that only look alike make no difference. “example.com” finds links and addresses
there and below it.

There is no engine for expressions behind this, so no pattern can be slow: words are looked up, and what stands round a
`*` is looked for once. Fenced and inline code is read like everything else, but never masked: a command with a hole in
it helps nobody.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from community.people.names import in_latin

MASK = "•••"
# Letters, digits, and the marks and joiners inside a word.
WORD = re.compile(
    r"[^\W_](?:[^\W_]|[\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u200b-\u200d\u2060\ufeff\xad])*"
)
HOST = re.compile(r"[\w-]{1,63}(?:\.[\w-]{1,63})+")
DOMAIN = re.compile(r"(?:\*\.)?[\w-]{1,63}(?:\.[\w-]{1,63})*\.[^\W\d_]{2,}")
DIGITS = str.maketrans({"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t"})
# Shorter ones stand in half of all words.
LEAST_BESIDE_STAR = 2
FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
TICKS = re.compile(r"`+")


@dataclass(frozen=True)
class Token:
    key: str
    start: int
    end: int


@dataclass(frozen=True)
class Hit:
    """Where in a text a pattern was found."""

    pattern_id: int
    start: int
    end: int


def fold(word: str) -> str:
    """The same text for every way of writing a word that a reader takes for this one."""
    plain = unicodedata.normalize("NFKD", word.casefold())
    letters = "".join(
        in_latin(each) for each in plain if unicodedata.category(each) not in ("Mn", "Cf") and each != "\u0640"
    )
    # A number stays a number; in a word a digit stands for the letter it looks like.
    return letters if letters.isdigit() else letters.translate(DIGITS)


def tokens_of(text: str) -> list[Token]:
    return [Token(fold(found[0]), found.start(), found.end()) for found in WORD.finditer(text)]


def is_domain(pattern: str) -> bool:
    return DOMAIN.fullmatch(pattern.strip()) is not None


def trouble_with(pattern: str) -> str:
    """What is wrong with a pattern, as a key; "" when it can be used."""
    pattern = pattern.strip()
    if is_domain(pattern):
        return ""
    parts = pattern.split()
    if not parts or any(not WORD.search(part) for part in parts):
        return "no_word"
    for part in parts:
        letters = part.replace("*", "")
        if "*" in part and len(letters) < LEAST_BESIDE_STAR:
            return "too_wide"
        if any(not WORD.fullmatch(piece) for piece in part.split("*") if piece):
            return "not_a_word"
    return ""


@dataclass(frozen=True)
class Phrase:
    """One word or several in a row, each folded, each perhaps with stars."""

    pattern_id: int
    words: tuple[str, ...]

    def fits(self, tokens: list[Token], at: int) -> bool:
        if at + len(self.words) > len(tokens):
            return False
        return all(stands_for(word, tokens[at + place].key) for place, word in enumerate(self.words))


def stands_for(pattern: str, key: str) -> bool:
    """Whether a word fits, from left to right and each piece looked for once."""
    if "*" not in pattern:
        return pattern == key
    first, *middle, last = pattern.split("*")
    if len(key) < len(first) + len(last) or not key.startswith(first) or not key.endswith(last):
        return False
    at, end = len(first), len(key) - len(last)
    for piece in middle:
        found = key.find(piece, at, end)
        if found < 0:
            return False
        at = found + len(piece)
    return True


class Matcher:
    """All patterns at once. `patterns`: their numbers and how they are written."""

    def __init__(self, patterns: Iterable[tuple[int, str]]):
        self.domains: dict[str, list[int]] = {}
        self.by_first_word: dict[str, list[Phrase]] = {}
        self.with_star_first: list[Phrase] = []
        for pattern_id, written in patterns:
            if is_domain(written):
                name = host_key(written.strip().removeprefix("*."))
                self.domains.setdefault(name, []).append(pattern_id)
                continue
            words = tuple("*".join(fold(piece) for piece in part.split("*")) for part in written.split())
            phrase = Phrase(pattern_id, words)
            if "*" in words[0]:
                self.with_star_first.append(phrase)
            else:
                self.by_first_word.setdefault(words[0], []).append(phrase)

    def hits(self, text: str) -> list[Hit]:
        return [*self._words_in(text), *self._domains_in(text)]

    def _words_in(self, text: str) -> Iterator[Hit]:
        if not (self.by_first_word or self.with_star_first):
            return
        tokens = tokens_of(text)
        starred: dict[str, list[Phrase]] = {}
        for at, token in enumerate(tokens):
            if token.key not in starred:
                starred[token.key] = [each for each in self.with_star_first if stands_for(each.words[0], token.key)]
            for phrase in (*self.by_first_word.get(token.key, ()), *starred[token.key]):
                if phrase.fits(tokens, at):
                    yield Hit(phrase.pattern_id, token.start, tokens[at + len(phrase.words) - 1].end)

    def _domains_in(self, text: str) -> Iterator[Hit]:
        if not self.domains:
            return
        for found in HOST.finditer(text):
            for ending in endings(host_key(found[0])):
                for pattern_id in self.domains.get(ending, ()):
                    yield Hit(pattern_id, found.start(), found.end())


def host_key(host: str) -> str:
    return ".".join(fold(label) for label in host.split("."))


def endings(host: str) -> Iterator[str]:
    """“a.b.c”, “b.c”, “c”."""
    while host:
        yield host
        host = host.partition(".")[2]


def hosts_in(text: str) -> set[str]:
    """The hosts that a text links to or names as an address, in lower case."""
    return {host for found in LINK.finditer(text) if "." in (host := found[1].casefold().removeprefix("www."))}


LINK = re.compile(r"(?:https?://|www\.)(?:[^\s/@<>()\[\]]{1,200}@)?([\w.-]{1,253})", re.IGNORECASE)


def masked(text: str, hits: Iterable[Hit]) -> str:
    """The text with what was hit made unreadable, except in code and in the addresses of our own files."""
    kept = code_in(text)
    for hit in sorted(hits, key=lambda each: each.start, reverse=True):
        if not any(start < hit.end and hit.start < end for start, end in kept):
            text = f"{text[: hit.start]}{MASK}{text[hit.end :]}"
    return text


def code_in(text: str) -> list[tuple[int, int]]:
    """Where fenced and inline code stands in Markdown."""
    spans, at, fence, began = [], 0, "", 0
    plain: list[tuple[int, int]] = []
    for line in text.splitlines(keepends=True):
        opening = FENCE.match(line)
        if not fence and opening:
            fence, began = opening[1], at
        elif fence and opening and opening[1][0] == fence[0] and len(opening[1]) >= len(fence):
            spans.append((began, at + len(line)))
            fence = ""
        elif not fence:
            plain.append((at, at + len(line)))
        at += len(line)
    if fence:
        spans.append((began, len(text)))
    for start, end in plain:
        spans.extend(inline_code(text, start, end))
    return spans


def inline_code(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    opened: re.Match[str] | None = None
    for ticks in TICKS.finditer(text, start, end):
        if opened is None:
            opened = ticks
        elif len(ticks[0]) == len(opened[0]):
            yield opened.start(), ticks.end()
            opened = None
