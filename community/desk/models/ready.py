from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from community.desk.queries import ReadyReplyQuerySet


class ReadyReply(models.Model):
    """Words that are needed again and again, with places for what differs: {{ asker }}, {{ version }}."""

    name = models.CharField(_("name"), max_length=60)
    body = models.TextField(_("words"))
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    objects = ReadyReplyQuerySet.as_manager()

    class Meta:
        verbose_name = _("ready reply")
        verbose_name_plural = _("ready replies")
        constraints = [
            models.UniqueConstraint(Lower("name"), name="ready_replies_are_told_apart_by_name"),
            models.CheckConstraint(
                condition=~models.Q(name="") & ~models.Q(body=""), name="ready_replies_say_something"
            ),
        ]

    def __str__(self) -> str:
        return self.name
