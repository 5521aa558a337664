from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from .blocks import ArticleBlocks, HomeBlocks


class HomePage(Page):
    """The first page of the site."""

    body = StreamField(HomeBlocks(), verbose_name=_("parts"), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("body")]
    template = "cms/home.html"
    max_count = 1
    subpage_types = ["cms.HelpCentre", "cms.PlainPage"]

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
    body = StreamField(ArticleBlocks(), verbose_name=_("article"))

    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("product"),
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
