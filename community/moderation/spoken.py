"""In which language a text is, by its script and its smallest words; "" when that is not clear enough to act on."""

import re
import unicodedata

WORD = re.compile(r"[^\W\d_]+")
# So few words say nothing: a name, an error message, a greeting.
FEWEST_WORDS = 8
SMALL_WORDS = {
    "en": "the and is not with this that have are was when after what from does you but for",
    "de": "der die das und ist nicht mit ich ein eine auf wenn nach wird den dem wir von sich zu",
    "fr": "le la les et est pas avec je une sur quand que dans pour nous des du ne qui",
    "es": "el la los y es no con que una por cuando en para se del pero como mi las",
    "it": "il lo gli e non con che una per quando di sono del ma come nel mi della",
    "pt": "o os e não com que uma por quando em para se do da mas como meu as",
    "nl": "de het en is niet met ik een op als van dat we naar zijn voor maar",
    "pl": "i w nie na z jest się że do jak po ale to mam dla przez",
}
SMALL = {code: frozenset(words.split()) for code, words in SMALL_WORDS.items()}
SCRIPTS = {
    "ARABIC": "ar",
    "CYRILLIC": "ru",
    "GREEK": "el",
    "HEBREW": "he",
    "HANGUL": "ko",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "CJK": "zh",
    "THAI": "th",
    "DEVANAGARI": "hi",
}
# Two languages share many small words; the first must be ahead by so much.
LEAD = 1.5


def language_of(text: str) -> str:
    letters = [each for each in text[:4000] if each.isalpha()]
    if not letters:
        return ""
    named = [unicodedata.name(each, "").partition(" ")[0] for each in letters if ord(each) > 0x36F]
    other = [SCRIPTS[name] for name in named if name in SCRIPTS]
    if len(other) * 2 > len(letters):
        return "ja" if "ja" in other else max(set(other), key=other.count)
    words = [word.casefold() for word in WORD.findall(text[:4000])]
    if len(words) < FEWEST_WORDS:
        return ""
    counted = sorted(((sum(word in small for word in words), code) for code, small in SMALL.items()), reverse=True)
    (most, code), (next_most, _other) = counted[0], counted[1]
    return code if most >= 3 and most >= LEAD * next_most else ""
