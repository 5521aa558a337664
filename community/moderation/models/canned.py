from django.db import models
from django.utils.translation import gettext_lazy as _

from community.threads.models import LONGEST_REASON

from .flags import Outcome


class CannedReason(models.Model):
    """A reason that moderators give often, as administrators have put it; the first nine have a key each."""

    outcome = models.CharField(_("for flags that are"), max_length=10, choices=Outcome)
    words = models.CharField(_("reason"), max_length=LONGEST_REASON)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("canned reason")
        verbose_name_plural = _("canned reasons")
        ordering = ["outcome", "position", "pk"]
        constraints = [models.CheckConstraint(condition=~models.Q(words=""), name="canned_reasons_say_something")]

    def __str__(self) -> str:
        return self.words
