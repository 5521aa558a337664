from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from community.threads.models import LONGEST_REASON


class TimerAct(models.TextChoices):
    LOCK = "lock", _("Lock")
    UNLOCK = "unlock", _("Unlock")
    CLOSE = "close", _("Close")
    REOPEN = "reopen", _("Reopen")
    UNPIN = "unpin", _("Unpin")


class Timer(models.Model):
    """What a moderator has decided to happen to a thread at a time, and what became of it."""

    thread = models.ForeignKey("threads.Thread", models.CASCADE, related_name="timers")
    act = models.CharField(max_length=8, choices=TimerAct)
    at = models.DateTimeField()
    because = models.CharField(max_length=LONGEST_REASON, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    # Why it was not done when its time came.
    words = models.CharField(max_length=LONGEST_REASON, blank=True)

    class Meta:
        verbose_name = _("timer")
        verbose_name_plural = _("timers")
        indexes = [models.Index(fields=["ended_at", "at"], name="timers_by_time")]
        constraints = [
            models.UniqueConstraint(
                fields=["thread", "act"], condition=Q(ended_at=None), name="one_time_for_each_act_of_a_thread"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.act} #{self.thread_id}"
