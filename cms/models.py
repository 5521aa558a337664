import re

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F
from django.forms import TextInput
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.fields import StreamField
from wagtail.models import Page

from .blocks import ArticleBlocks, HomeBlocks
from .colours import Colour, tokens


class HomePage(Page):
    """The first page of the site."""

    body = StreamField(HomeBlocks(), verbose_name=_("parts"), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("body")]
    template = "cms/home.html"
    max_count = 1
    subpage_types = ["cms.HelpCentre", "cms.PlainPage", "cms.WelcomePackage"]

    def get_context(self, request, *args, **kwargs):
        # What one part has shown the next ones leave out: a page that says the same twice is read half.
        return super().get_context(request, *args, **kwargs) | {"shown": set()}

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")


class HelpCentre(Page):
    """The list of help articles."""

    intro = models.CharField(_("introduction"), max_length=240, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("intro")]
    template = "cms/help_centre.html"
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.HelpArticle"]
    max_count = 1

    class Meta:
        verbose_name = _("help centre")
        verbose_name_plural = _("help centres")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        articles = HelpArticle.objects.child_of(self).live().public().select_related("product")
        # Grouped by product, those for everything last, on every database alike.
        context["articles"] = articles.order_by(
            F("product__position").asc(nulls_last=True), F("product__name").asc(nulls_last=True), "title"
        )
        return context


class HelpArticle(Page):
    """How to do one thing."""

    summary = models.CharField(_("in one sentence"), max_length=240)
    product = models.ForeignKey(
        "spaces.Product", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("product")
    )
    confirmed_on = models.ForeignKey(
        "spaces.Version",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("confirmed on version"),
        help_text=_("The newest version on which somebody has tried it."),
    )
    body = StreamField(ArticleBlocks(), verbose_name=_("article"))

    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("product"),
        FieldPanel("confirmed_on"),
        FieldPanel("body"),
    ]
    template = "cms/help_article.html"
    parent_page_types = ["cms.HelpCentre"]
    subpage_types = []

    class Meta:
        verbose_name = _("help article")
        verbose_name_plural = _("help articles")


class PlainPage(Page):
    """Words of the house at an address of their own: its rules, who runs it, what it keeps."""

    summary = models.CharField(_("in one sentence"), max_length=240, blank=True)
    body = StreamField(ArticleBlocks(), verbose_name=_("words"))

    content_panels = [*Page.content_panels, FieldPanel("summary"), FieldPanel("body")]
    template = "cms/plain_page.html"
    parent_page_types = ["cms.HomePage"]
    subpage_types = []

    class Meta:
        verbose_name = _("plain page")
        verbose_name_plural = _("plain pages")


class WelcomePackage(Page):
    """The first steps of every customer: a document that is read here or taken along, and says which version it is."""

    summary = models.CharField(_("in one sentence"), max_length=240, blank=True)
    body = StreamField(ArticleBlocks(), verbose_name=_("words"))
    # How often it was published. Drafts do not count, and a revision that is published does not bring its own.
    version = models.PositiveIntegerField(_("version"), default=0, editable=False)

    content_panels = [*Page.content_panels, FieldPanel("summary"), FieldPanel("body")]
    template = "cms/welcome_package.html"
    parent_page_types = ["cms.HomePage"]
    subpage_types = []
    max_count = 1

    class Meta:
        verbose_name = _("welcome package")
        verbose_name_plural = _("welcome packages")

    def with_content_json(self, content):
        page = super().with_content_json(content)
        page.version = self.version
        return page

    def serve(self, request, *args, **kwargs):
        if request.GET.get("as") != "file":
            return super().serve(request, *args, **kwargs)
        # One file that needs nothing of this site except its pictures.
        context = self.get_context(request) | {"site": settings.SITE_URL, "tongue": settings.LANGUAGE_CODE}
        answer = TemplateResponse(request, "cms/welcome_file.html", context)
        answer["Content-Disposition"] = f'attachment; filename="{self.slug}-version-{self.version}.html"'
        return answer


# What links must reach on paper, as everything that people read as words.
WORDS_READ_AT = 7.0
COLOUR = r"^#[0-9a-fA-F]{6}\Z"


@register_setting(icon="view")
class BrandSettings(BaseGenericSetting):
    """Whose community this is. Whatever is left empty stays as the house is built."""

    name = models.CharField(
        _("name"),
        max_length=60,
        blank=True,
        help_text=_("On every page and in every mail. Empty: the name in the settings."),
    )
    logo = models.ForeignKey(
        "wagtailimages.Image",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("logo"),
        help_text=_("Shown 22 pixels high, on light and on dark ground: a transparent one that can be seen on both."),
    )
    logo_says_name = models.BooleanField(
        _("the logo is the name"), default=False, help_text=_("The name is then not written beside it.")
    )
    accent = models.CharField(
        _("colour of links"),
        max_length=7,
        blank=True,
        validators=[RegexValidator(COLOUR, _("Six digits after a number sign, such as #0f4ea3."))],
        help_text=_(
            "Such as #0f4ea3. It means: you can act here. Amber, green, red and plum mean something else already."
        ),
    )

    panels = [
        FieldPanel("name"),
        FieldPanel("logo"),
        FieldPanel("logo_says_name"),
        FieldPanel("accent", widget=TextInput(attrs={"placeholder": "#0f4ea3", "spellcheck": "false"})),
    ]

    class Meta:
        verbose_name = _("brand")
        verbose_name_plural = _("brands")

    def clean(self) -> None:
        super().clean()
        self.name = self.name.strip()
        self.accent = self.accent.lower()
        # What is no colour at all has been told so already.
        if re.fullmatch(COLOUR, self.accent):
            check_that_it_reads(self.accent)


def check_that_it_reads(accent: str) -> None:
    paper = tokens()["light"]["paper"]
    chosen = Colour.of_hex(accent)
    found = chosen.on(paper)
    if found < WORDS_READ_AT:
        raise ValidationError(
            {
                "accent": _(
                    "%(accent)s has a contrast of %(found)s to 1 on our paper; words need %(needed)s to 1. "
                    "The nearest colour that reads: %(nearest)s."
                )
                % {
                    "accent": accent,
                    "found": f"{int(found * 10) / 10:.1f}",
                    "needed": f"{WORDS_READ_AT:g}",
                    "nearest": chosen.reading(WORDS_READ_AT, on=paper).hex,
                }
            }
        )
