from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .queries import ProductQuerySet, SpaceQuerySet, TagQuerySet


class Openness(models.TextChoices):
    """To whom a space is open, for reading or for posting."""

    EVERYONE = "everyone", _("everyone")
    MEMBERS = "members", _("members of the space")
    TEAM = "team", _("the team")


class Space(models.Model):
    """A product area. Two levels: a space under another is never more open than its parent."""

    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    name = models.CharField(_("name"), max_length=80)
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    description = models.CharField(_("description"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    readers = models.CharField(_("who may read"), max_length=10, choices=Openness, default=Openness.EVERYONE)
    posters = models.CharField(_("who may post"), max_length=10, choices=Openness, default=Openness.EVERYONE)
    members = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="spaces")

    objects = SpaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("space")
        verbose_name_plural = _("spaces")
        ordering = ["position", "name"]
        constraints = [
            models.CheckConstraint(condition=~Q(parent=F("id")), name="a_space_is_not_its_own_parent"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("spaces:detail", args=[self.slug])

    def clean(self) -> None:
        if self.parent_id and self.parent.parent_id:
            raise ValidationError({"parent": _("Spaces have two levels: choose a space that stands on its own.")})
        if self.parent_id and self.pk and self.children.exists():
            raise ValidationError({"parent": _("This space has spaces under it, so it must stand on its own.")})

    @property
    def is_open(self) -> bool:
        """Whether a visitor reads it."""
        own = self.readers == Openness.EVERYONE
        return own and (self.parent is None or self.parent.readers == Openness.EVERYONE)


class Product(models.Model):
    name = models.CharField(_("name"), max_length=80, unique=True)
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = ProductQuerySet.as_manager()

    class Meta:
        verbose_name = _("product")
        verbose_name_plural = _("products")
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name


class Version(models.Model):
    product = models.ForeignKey(Product, models.CASCADE, related_name="versions")
    name = models.CharField(_("version"), max_length=40)
    position = models.PositiveSmallIntegerField(_("position"), default=0, help_text=_("Newest first: 0 is the newest."))

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering = ["product", "position", "name"]
        constraints = [
            models.UniqueConstraint(fields=["product", "name"], name="one_version_of_a_name_each_product"),
        ]

    def __str__(self) -> str:
        return f"{self.product.name} {self.name}"


class Platform(models.Model):
    name = models.CharField(_("platform"), max_length=40, unique=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("platform")
        verbose_name_plural = _("platforms")
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name


class Tag(models.Model):
    """A curated word. A merged name keeps its address and leads to the tag it was merged into."""

    name = models.CharField(_("name"), max_length=40)
    slug = models.SlugField(_("address"), max_length=40, unique=True)
    description = models.CharField(_("description"), max_length=300, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged_names")

    objects = TagQuerySet.as_manager()

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="a_tag_is_not_merged_into_itself"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("threads:tag", args=[self.slug])

    def clean(self) -> None:
        if self.merged_into_id and self.merged_into.merged_into_id:
            raise ValidationError({"merged_into": _("Choose the tag that the other name was merged into.")})
