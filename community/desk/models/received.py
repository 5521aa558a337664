from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    TELEPHONE = "telephone", _("by telephone")
    MAIL = "mail", _("by mail")
    MESSAGE = "message", _("in a message")
    IN_PERSON = "in_person", _("in person")


class Received(models.Model):
    """A case that came to one of us privately, written down for everybody it concerns, with its true beginning."""

    thread = models.OneToOneField("threads.Thread", models.CASCADE, related_name="received")
    channel = models.CharField(_("how it came"), max_length=10, choices=Channel)
    came_at = models.DateTimeField(_("when it came"))
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        verbose_name = _("received privately")
        verbose_name_plural = _("received privately")

    def __str__(self) -> str:
        return f"#{self.thread_id} {self.channel}"
