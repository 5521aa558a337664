"""What members of a level of trust may put into one post, and how often they may post."""

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from community.people.models import Trust


class Limits(models.Model):
    """For one level; an empty field is no limit. A level without a row has those of DEFAULTS."""

    trust = models.PositiveSmallIntegerField(_("trust"), choices=Trust, unique=True)
    links = models.PositiveSmallIntegerField(_("links in a post"), null=True, blank=True)
    pictures = models.PositiveSmallIntegerField(_("pictures in a post"), null=True, blank=True)
    files = models.PositiveSmallIntegerField(_("files in a post"), null=True, blank=True)
    mentions = models.PositiveSmallIntegerField(_("people mentioned in a post"), null=True, blank=True)
    posts_an_hour = models.PositiveSmallIntegerField(
        _("posts in an hour"), null=True, blank=True, validators=[MinValueValidator(1)]
    )

    class Meta:
        verbose_name = _("limits of a level of trust")
        verbose_name_plural = _("limits of the levels of trust")
        constraints = [
            models.CheckConstraint(condition=models.Q(trust__in=Trust.values), name="limits_are_of_a_known_level"),
            # Whoever may not post at all is silenced, and reads why.
            models.CheckConstraint(
                condition=models.Q(posts_an_hour=None) | models.Q(posts_an_hour__gte=1), name="everybody_may_post"
            ),
        ]

    def __str__(self) -> str:
        return f"limits of level {self.trust}"

    @property
    def is_free(self) -> bool:
        return all(getattr(self, name) is None for name in LIMITED)


LIMITED = ("links", "pictures", "files", "mentions", "posts_an_hour")
DEFAULTS = {Trust.NEW: {"links": 5, "pictures": 3, "files": 3, "mentions": 5, "posts_an_hour": 20}}


def default_limits(trust: int) -> Limits:
    return Limits(trust=trust, **DEFAULTS.get(Trust(trust), {}))
