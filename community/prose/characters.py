"""Characters that would mislead a reader or break a store: removed, replaced or shown."""

import re

ANSI_COLOUR = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")

# Embeddings, overrides and isolates: they change the order in which other characters are read.
REORDERING = re.compile("[\u202a-\u202e\u2066-\u2069]")
# No sentence in any script needs an override; it only makes exe.txt out of txt.exe.
OVERRIDES = re.compile("[\u202d\u202e]")
# In code even what is merely invisible matters: a pasted command fails and nobody sees why.
INVISIBLE_IN_CODE = re.compile("[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def tidy(text: str) -> str:
    """The text with Unix line ends, without terminal colours, and with control characters made visible."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not UNSAFE.search(text):
        return text
    return UNSAFE.sub(_visible, ANSI_COLOUR.sub("", text))


def _visible(match: re.Match[str]) -> str:
    code = ord(match[0])
    if 0 < code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else "\ufffd"


def isolate(escaped: str) -> str:
    """Escaped text in which nothing reorders what stands beside it; overrides are shown instead of obeyed."""
    if not REORDERING.search(escaped):
        return escaped
    return f"<bdi>{OVERRIDES.sub(_shown, escaped)}</bdi>"


def reveal(code: str) -> str:
    """Escaped (or highlighted) code with every invisible character shown by its number."""
    return INVISIBLE_IN_CODE.sub(_shown, code)


def _shown(match: re.Match[str]) -> str:
    return f'<span class="control">U+{ord(match[0]):04X}</span>'
