from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Voice(models.TextChoices):
    """Who speaks about a solution. The three are never added up."""

    SUPPORT = "support", _("support")
    ASKER = "asker", _("the asker")
    OTHER = "other", _("others affected")


class Confirmation(models.Model):
    """One person's word on one answer: it works, or it is still broken, and on which version."""

    post = models.ForeignKey("threads.Post", models.CASCADE, related_name="confirmations")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="confirmations")
    voice = models.CharField(max_length=8, choices=Voice)
    works = models.BooleanField()
    version = models.ForeignKey("spaces.Version", models.SET_NULL, null=True, blank=True, related_name="+")
    platform = models.ForeignKey("spaces.Platform", models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("confirmation")
        verbose_name_plural = _("confirmations")
        constraints = [
            models.UniqueConstraint(fields=["post", "member", "voice"], name="one_word_each_voice_on_an_answer"),
            models.UniqueConstraint(fields=["post"], condition=Q(voice="asker"), name="the_asker_has_one_word"),
            models.UniqueConstraint(
                fields=["post"], condition=Q(voice="support"), name="support_accepts_an_answer_once"
            ),
            models.CheckConstraint(condition=~Q(voice="support") | Q(works=True), name="support_accepts_or_is_silent"),
        ]

    def __str__(self) -> str:
        return f"{self.voice} on {self.post_id}: {'works' if self.works else 'still broken'}"
