from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Aside(models.Model):
    """A private talk of support with the asker about a public thread. Who reads which, the two threads decide."""

    thread = models.OneToOneField("threads.Thread", models.CASCADE, primary_key=True, related_name="aside")
    about = models.OneToOneField("threads.Thread", models.CASCADE, related_name="talked_about_in")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()

    class Meta:
        verbose_name = _("private side talk")
        verbose_name_plural = _("private side talks")
        constraints = [
            models.CheckConstraint(condition=~models.Q(thread=models.F("about")), name="an_aside_is_about_another"),
        ]

    def __str__(self) -> str:
        return f"#{self.thread_id} about #{self.about_id}"
