"""The words of a text without their endings, so that whoever looks for "Verbindungen" finds "Verbindung".

An index holds the words as they were written, which is how names and error codes are found, and behind them the stem of
each, with a sign of the language of the text: "dies" in an English question says nothing of a German article "die".
"""

import re
from functools import lru_cache
from threading import local

import Stemmer
from django.conf import settings

ALGORITHMS = {"en": "english", "de": "german", "fr": "french", "es": "spanish", "ar": "arabic"}
WORD = re.compile(r"[^\W\d_]{3,}")
# A shorter beginning would mark half of a text.
SHORTEST_BEGINNING = 4
# Enough to tell the language of a long text.
READ_OF_A_TEXT = 3000
# Words that stand in every question.
SMALL_WORDS = {
    language: frozenset(words.split())
    for language, words in {
        "en": """
            about after again all also and another any are because been before but can cannot could did does doing don
            done each for from get gets getting got had has have help here how into its just like make more most not now
            off only other our out over please problem question same says since some still than that the their them then
            there these they this those through too try tried trying until use used using very want was were what when
            where which while who why will with without work working works would you your
        """,
        "de": """
            aber als auch auf aus bei bin das dass dem den der des die ein eine einem einen einer das hat habe ich ihr
            ist kann kein keine mehr mein meine mich mir mit nach nicht noch nur oder sich sie sind und uns von vor
            warum was wenn wer wie wir wird zum zur
        """,
        "fr": """
            avec aux ces cette comme dans des elle est fait les mais mes mon nous par pas plus pour pourquoi que qui
            quoi ses son sont sur une vous
        """,
        "es": """
            como con del desde ella este esta esto hay las los mas más mis muy para pero por porque que qué ser sin
            sobre son sus tiene una uno
        """,
        "ar": """
            إلى أن التي الذي ذلك على عن عند كان كيف لكن لماذا ليس ماذا متى مع من هذا هذه هناك هل بعد قبل
        """,
    }.items()
}
# A stemmer works on one word at a time, so each thread has its own.
_own = local()


def language_of(text: str) -> str:
    """The language with the most small words in the text; the house's own where no other has more."""
    found = WORD.findall(text[:READ_OF_A_TEXT].lower())
    counts = {language: sum(word in small for word in found) for language, small in SMALL_WORDS.items()}
    return max(counts, key=lambda language: (counts[language], language == settings.LANGUAGE_CODE))


def stems_in(text: str, *, language: str) -> str:
    """What an index holds beside the text: the signed stems of its words, small words left out."""
    words = dict.fromkeys(WORD.findall(text.lower()))
    return " ".join(dict.fromkeys(signed(word, language) for word in words if word not in SMALL_WORDS[language]))


def stems_of(word: str) -> list[str]:
    """What to look for beside the word, in whichever language it is meant."""
    word = word.lower()
    if not WORD.fullmatch(word):
        return []
    return [signed(word, language) for language, small in SMALL_WORDS.items() if word not in small]


def beginnings_of(word: str) -> set[str]:
    """The word without its ending as it stands in texts: what can be marked there."""
    word = word.lower()
    found = {stem(word, language) for language in SMALL_WORDS} if WORD.fullmatch(word) else set()
    return {beginning for beginning in found if len(beginning) >= SHORTEST_BEGINNING and word.startswith(beginning)}


def signed(word: str, language: str) -> str:
    """One word for every index, with a sign that no word of a language begins with."""
    return f"xq{language}{stem(word, language)}"


@lru_cache(maxsize=10_000)
def stem(word: str, language: str) -> str:
    if not hasattr(_own, language):
        setattr(_own, language, Stemmer.Stemmer(ALGORITHMS[language]))
    return getattr(_own, language).stemWord(word)
