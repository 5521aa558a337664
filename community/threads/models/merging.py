from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .lengths import LONGEST_REASON


class Merging(models.Model):
    """One thread led to another from here on, until it ended. What it changed is remembered, so that it can end."""

    thread = models.ForeignKey("threads.Thread", models.CASCADE, related_name="mergings")
    into = models.ForeignKey("threads.Thread", models.CASCADE, related_name="mergings_into_it")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_because = models.CharField(max_length=LONGEST_REASON, blank=True)
    # The answer about which the asker was asked last whether it helps him too.
    asked_about = models.ForeignKey("threads.Post", models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("merging")
        verbose_name_plural = _("mergings")
        constraints = [
            models.UniqueConstraint(
                fields=["thread"], condition=Q(ended_at=None), name="a_thread_is_merged_into_one_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.thread_id} into #{self.into_id}"


class BroughtAlong(models.Model):
    """A follower who came with a merged thread. Whoever unfollows and follows again has come by himself."""

    merging = models.ForeignKey(Merging, models.CASCADE, related_name="brought_along")
    follow = models.ForeignKey("threads.Follow", models.CASCADE, related_name="brought_by")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["merging", "follow"], name="one_is_brought_along_once")]

    def __str__(self) -> str:
        return f"{self.follow_id} with {self.merging_id}"
