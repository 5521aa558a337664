"""What one post may cost, and the refusal that says so before the cost is paid."""

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

# Half as much again as the longest of twelve thousand real support posts; anything longer is a log file.
MAX_LENGTH = 50_000

# Deeper than any honest quotation, shallow enough for every HTML parser.
MAX_NESTING = 24

MAX_COLUMNS = 40
MAX_CELLS = 2_000
MAX_IMAGES = 100
MAX_DEFINITIONS = 200
MAX_ADDRESS_LENGTH = 2_000

# Highlighted code is about nine times as long as its source.
MAX_HTML_LENGTH = 400_000
MAX_GROWTH = 100
# Below this a growth factor says nothing: "|a|" is a table.
SMALL_HTML_LENGTH = 2_000

# One unit is about ten microseconds, so a post stays within a fifth of a second.
MAX_EFFORT = 10_000


class TooMuch(ValueError):
    """The text is beyond what one post may hold. `reason` is a sentence for the writer and says what to do."""

    def __init__(self, reason: str | Promise) -> None:
        super().__init__(reason)
        self.reason = reason


class Effort:
    """Counts the work done for one text. The count depends on the text alone, never on how busy the machine is."""

    __slots__ = ("coloured", "images", "spent")

    def __init__(self) -> None:
        self.spent = 0
        self.images = 0
        self.coloured = 0

    def spend(self, units: int) -> None:
        """Raises TooMuch once the text has used up what one post may."""
        self.spent += units
        if self.spent > MAX_EFFORT:
            raise too_much_markup()


def too_long(length: int) -> TooMuch:
    return TooMuch(
        format_lazy(
            _("This text has {length} characters; a post can have {limit}. Shorten it, or attach long logs as a file."),
            length=readable(length),
            limit=readable(MAX_LENGTH),
        )
    )


def too_much_markup() -> TooMuch:
    return TooMuch(
        _(
            "This text has more formatting than one post can show. "
            "Put logs and code between two lines of ``` or attach them as a file."
        )
    )


def too_deep() -> TooMuch:
    return TooMuch(_("Quotes, lists or emphasis are nested too deeply here. Remove some of the levels."))


def too_large_a_table() -> TooMuch:
    return TooMuch(
        format_lazy(
            _("A table can have {columns} columns and {cells} cells. Make it smaller, or attach it as a file."),
            columns=readable(MAX_COLUMNS),
            cells=readable(MAX_CELLS),
        )
    )


def too_many_images() -> TooMuch:
    return TooMuch(
        format_lazy(
            _("One post can show {limit} images. Spread them over several posts."),
            limit=readable(MAX_IMAGES),
        )
    )


def too_many_definitions() -> TooMuch:
    return TooMuch(
        format_lazy(
            _("One post can define {limit} links or footnotes. Write the addresses in the text instead."),
            limit=readable(MAX_DEFINITIONS),
        )
    )


def too_large_when_shown() -> TooMuch:
    return TooMuch(
        _(
            "This text becomes too large when it is shown, because it repeats links, tables or "
            "code. Shorten it, or attach part of it as a file."
        )
    )


def readable(number: int) -> str:
    # A narrow no-break space between thousands reads the same in every language.
    return f"{number:,}".replace(",", "\u202f")
