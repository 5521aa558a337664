"""How subscription codes look, so that they are found in what people write."""

import re

# How a code looks in a text: one run of at least six characters with a digit or a hyphen among them.
SHAPE = re.compile(r"(?=[^\s]*[\d-])[^\s`*\[\](){}<>\"'“”„«»,;:!?|=/]{6,40}")


def looks_like_a_code(word: str) -> bool:
    return bool(SHAPE.fullmatch(word)) and not word.endswith(".")
