"""How subscription codes look, so that they are found in what people write."""

import re

# What a code is never written with, and what may stand around it.
LETTER = r"[^\s`*\[\](){}<>\"'“”„«»,;:!?|=/]"
# How a code looks in a text: one run of at least six characters with a digit or a hyphen among them. The look ahead is
# as short as a code, so that a text without an end is read in no time.
SHAPE = re.compile(rf"(?={LETTER}{{0,39}}[\d-]){LETTER}{{6,40}}")


def looks_like_a_code(word: str) -> bool:
    return bool(SHAPE.fullmatch(word)) and not word.endswith(".")
