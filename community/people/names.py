"""Display names: what may stand in one, and which would pass for somebody else's."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from community.people.handles import look_alike_key

LONGEST = 60
# Vietnamese and Hebrew stack two; three in a row only climb over their neighbours.
MOST_MARKS = 2
_TOO_MANY_MARKS = re.compile(r"[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{3}")


def cleaned(name: str) -> str:
    """The name as it is kept: NFKC, single spaces. Raises ValidationError for what cannot be seen or misleads."""
    name = " ".join(unicodedata.normalize("NFKC", name).split())
    if any(unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn"} for character in name):
        raise ValidationError(_("This name contains characters that cannot be seen."), code="invisible")
    if _TOO_MANY_MARKS.search(name):
        raise ValidationError(_("This name stacks too many marks on one letter."), code="marks")
    if len(name) > LONGEST:
        raise ValidationError(
            _("A name has at most %(longest)s characters."), code="max_length", params={"longest": LONGEST}
        )
    if any(mixes_scripts(word) for word in name.split()):
        raise ValidationError(
            _("This name mixes letters of different scripts that look alike. Please write each word in one script."),
            code="mixed",
        )
    return name


def mixes_scripts(word: str) -> bool:
    """Whether letters of one script pass for those of another in it."""
    if word.isascii():
        return False
    # Here, because its tables take 7 MiB, and many a forum never has a name with such a letter.
    from confusable_homoglyphs import confusables

    return confusables.is_dangerous(word, preferred_aliases=["latin"])


def name_key(name: str) -> str:
    """The same text for every name that a reader could take for this one; empty when no letter or digit is in it."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    plain = unicodedata.normalize("NFKD", "".join(in_latin(character) for character in folded))
    return look_alike_key("".join(character for character in plain if character.isalnum()))


def in_latin(character: str) -> str:
    """The Latin letters, in lower case, that this one could be taken for; else the character itself."""
    if character.isascii():
        return character
    from confusable_homoglyphs import categories, confusables

    for twin in confusables.confusables_data.get(character, ()):
        if all(categories.alias(letter) == "LATIN" for letter in twin["c"]):
            return twin["c"].casefold()
    return character
