"""Accounts that are held, and waves: many accounts that send the same within minutes, seen as one thing."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from community.threads.models import LONGEST_REASON

from ..signals import SIGNALS

MEMBER = settings.AUTH_USER_MODEL


class WaveState(models.TextChoices):
    WAITING = "waiting", _("waits for a moderator")
    CLEARED = "cleared", _("cleared away")
    DISMISSED = "dismissed", _("no wave")
    RESTORED = "restored", _("restored")


class Wave(models.Model):
    """What several accounts sent within minutes: what was held, and what slipped through before it was seen."""

    # What they have in common: "link:casino.example", or "text:" and a few words.
    signature = models.CharField(max_length=200)
    began_at = models.DateTimeField()
    last_at = models.DateTimeField()
    # What was posted before it was seen.
    posts = models.ManyToManyField("threads.Post", blank=True, related_name="waves")
    # What clearing it away has done, so that it can be undone as one thing.
    hidden_posts = models.ManyToManyField("threads.Post", blank=True, related_name="+")
    sanctions = models.ManyToManyField("moderation.Sanction", blank=True, related_name="+")
    state = models.CharField(max_length=10, choices=WaveState, default=WaveState.WAITING)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(MEMBER, models.PROTECT, null=True, blank=True, related_name="+")
    decided_because = models.CharField(max_length=LONGEST_REASON, blank=True)

    class Meta:
        verbose_name = _("wave")
        verbose_name_plural = _("waves")
        constraints = [
            models.UniqueConstraint(
                fields=["signature"], condition=Q(state="waiting"), name="one_waiting_wave_of_a_kind"
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", decided_at=None) | (~Q(state="waiting") & ~Q(decided_at=None)),
                name="waves_wait_until_decided",
            ),
        ]

    def __str__(self) -> str:
        return f"wave of {self.signature}"

    def get_absolute_url(self) -> str:
        return reverse("moderation:wave", args=[self.pk])

    @property
    def is_waiting(self) -> bool:
        return self.state == WaveState.WAITING

    @property
    def called(self) -> str:
        return self.signature.partition(":")[2]


class HeldAccount(models.Model):
    """An account that a moderator looks at; until then all it writes in public waits. Its owner is told."""

    member = models.ForeignKey(MEMBER, models.CASCADE, related_name="held_accounts")
    # Names of what counted against it (community/moderation/signals.py).
    signals = models.JSONField(default=list)
    at = models.DateTimeField()
    freed_at = models.DateTimeField(null=True, blank=True)
    freed_by = models.ForeignKey(MEMBER, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("held account")
        verbose_name_plural = _("held accounts")
        constraints = [
            models.UniqueConstraint(fields=["member"], condition=Q(freed_at=None), name="one_hold_on_an_account")
        ]

    def __str__(self) -> str:
        return f"hold on {self.member_id}"

    @property
    def signs(self) -> list[Any]:
        """What counted against it, in words."""
        return [SIGNALS.get(name, name) for name in self.signals]
