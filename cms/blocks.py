"""What editors build pages from. Blocks that show threads show what the reader of the page may read."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock

from community import prepared
from community.threads.facets import spaces_for
from community.threads.lists import FOR_ALL
from community.threads.models import Genre, Thread
from community.threads.rows import rows_of

RICH = ["h3", "bold", "italic", "ol", "ul", "link", "code"]


def reader_of(context: dict | None) -> Any:
    return context["request"].user


# What the blocks ask (community.prepared). How many are shown decides what is asked, so it comes in a tuple.


def open_counts_for(reader: Any) -> QuerySet:
    return Thread.objects.visible_to(reader).shown_in_lists().open_in_top_spaces()


def listed_for(reader: Any, which: tuple[str, int], *shown: int) -> QuerySet[Thread]:
    """The first threads of a list, without those that stand on the page already."""
    show, most = which
    threads = Thread.objects.visible_to(reader).shown_in_lists().filter(FOR_ALL[show][1]).exclude(pk__in=shown)
    newest = show in ("latest", "confirmed")
    return (threads.newest_first() if newest else threads.longest_waiting_first()).for_listing()[:most]


def announced_to(reader: Any, many: tuple[int]) -> QuerySet[Thread]:
    threads = Thread.objects.visible_to(reader).shown_in_lists().filter(genre=Genre.ANNOUNCEMENT)
    return threads.newest_first().for_listing()[: many[0]]


class HeroBlock(blocks.StructBlock):
    """The sentence of the house, and the search."""

    sentence = blocks.CharBlock(label=_("Sentence"), max_length=160)
    more = blocks.CharBlock(label=_("Second line"), max_length=240, required=False)

    class Meta:
        icon = "search"
        label = _("Search with a sentence")
        template = "cms/blocks/hero.html"


class SpacesBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"), default=_("Spaces"), max_length=60)

    class Meta:
        icon = "folder-open-inverse"
        label = _("Spaces")
        template = "cms/blocks/spaces.html"

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context=parent_context)
        reader = reader_of(parent_context)
        spaces = [space for space in prepared.rows(spaces_for, reader) if space.parent_id is None]
        open_counts = dict(prepared.rows(open_counts_for, reader))
        context["spaces"] = [(space, open_counts.get(space.pk, 0)) for space in spaces]
        return context


class ThreadListBlock(blocks.StructBlock):
    """The first threads of a list."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=60)
    show = blocks.ChoiceBlock(
        label=_("Which"), choices=[(key, name) for key, (name, _condition) in FOR_ALL.items()], default="unanswered"
    )
    most = blocks.IntegerBlock(label=_("How many"), min_value=1, max_value=12, default=5)

    class Meta:
        icon = "list-ul"
        label = _("Threads of a list")
        template = "cms/blocks/threads.html"

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context=parent_context)
        reader = reader_of(parent_context)
        shown = parent_context.get("shown", set())
        asked = reader, (value["show"], value["most"]), *prepared.filled_up(sorted(shown))
        context["rows"] = rows_of(prepared.rows(listed_for, *asked), reader)
        shown.update(row.key for row in context["rows"])
        context["show"] = value["show"]
        return context


class AnnouncementsBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"), default=_("Announcements"), max_length=60)
    most = blocks.IntegerBlock(label=_("How many"), min_value=1, max_value=12, default=3)

    class Meta:
        icon = "bullhorn"
        label = _("Announcements")
        template = "cms/blocks/threads.html"

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context=parent_context)
        reader = reader_of(parent_context)
        context["rows"] = rows_of(prepared.rows(announced_to, reader, (value["most"],)), reader)
        return context


class FeaturedBlock(blocks.StructBlock):
    """Threads the editors chose, by their numbers. One that the reader may not read is left out."""

    heading = blocks.CharBlock(label=_("Heading"), default=_("Worth reading"), max_length=60)
    numbers = blocks.ListBlock(blocks.IntegerBlock(min_value=1), label=_("Numbers of threads"))

    class Meta:
        icon = "pick"
        label = _("Chosen threads")
        template = "cms/blocks/threads.html"

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context=parent_context)
        reader = reader_of(parent_context)
        numbers = list(value["numbers"])
        found = Thread.objects.visible_to(reader).shown_in_lists().filter(pk__in=numbers).for_listing()
        by_number = {thread.pk: thread for thread in found}
        context["rows"] = rows_of([by_number[number] for number in numbers if number in by_number], reader)
        return context


class WordsBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"), max_length=60)
    text = blocks.RichTextBlock(label=_("Text"), features=RICH)

    class Meta:
        icon = "doc-full"
        label = _("Words")
        template = "cms/blocks/words.html"


class HomeBlocks(blocks.StreamBlock):
    hero = HeroBlock()
    announcements = AnnouncementsBlock()
    threads = ThreadListBlock()
    featured = FeaturedBlock()
    spaces = SpacesBlock()
    words = WordsBlock()


class StepBlock(blocks.StructBlock):
    text = blocks.RichTextBlock(label=_("What to do"), features=RICH)

    class Meta:
        icon = "list-ol"
        label = _("Step")
        template = "cms/blocks/step.html"


class CodeBlock(blocks.StructBlock):
    code = blocks.TextBlock(label=_("Code"), rows=4)

    class Meta:
        icon = "code"
        label = _("Code")
        template = "cms/blocks/code.html"


class NoticeBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Sentence"), max_length=300)

    class Meta:
        icon = "warning"
        label = _("Notice")
        template = "cms/blocks/notice.html"


class ArticleBlocks(blocks.StreamBlock):
    text = blocks.RichTextBlock(label=_("Text"), features=["h2", *RICH], template="cms/blocks/text.html")
    step = StepBlock()
    code = CodeBlock()
    picture = ImageBlock(label=_("Picture"), template="cms/blocks/picture.html")
    notice = NoticeBlock()
