from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from community.desk.queries import ThanksQuerySet

THANKS_LENGTH = 300


class Thanks(models.Model):
    """The asker thanks somebody for how it ended. It stands as long as his word stands that it ended well."""

    thread = models.ForeignKey("threads.Thread", models.CASCADE, related_name="thanks")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="thanks")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    words = models.CharField(_("in a sentence"), max_length=THANKS_LENGTH, blank=True)
    at = models.DateTimeField()
    # Given to all who worked on it where the asker could not see them: whom it reached he does not learn.
    is_unseen = models.BooleanField(default=False, db_default=False)

    objects = ThanksQuerySet.as_manager()

    class Meta:
        verbose_name = _("thanks")
        verbose_name_plural = _("thanks")
        constraints = [
            models.UniqueConstraint(fields=["thread", "member"], name="a_thread_thanks_each_once"),
            models.CheckConstraint(condition=~Q(member=F("by")), name="nobody_thanks_himself"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} for #{self.thread_id}"
